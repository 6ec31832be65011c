/** Database role that user requests run as. The RLS policies apply to it. */
export const GATEWAY_ROLE = 'gateway_user';

/**
 * Database role of the backend, which is not written in TypeScript. It reads what it routes by and
 * writes operational columns, under policies of its own. The frontend owns the schema: the backend
 * cannot change it.
 */
export const BACKEND_ROLE = 'gateway_backend';

/** Database role of an operator, who reads the monitoring views and no rows. */
export const OPERATOR_ROLE = 'gateway_operator';
