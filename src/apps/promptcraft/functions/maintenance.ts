import { maintenanceFunctions } from '../../../kit/index.ts';

/** daily_maintenance(), health_check() and the others, for the role of an operator. */
export const maintenance = maintenanceFunctions({ role: 'promptcraft_operator' });
