/** The tasks of `garden maintain`, in the order of the help. */
export const MAINTENANCE_TASKS = ['daily', 'cleanup', 'analyze', 'vacuum', 'stats'] as const;

export type MaintenanceTask = (typeof MAINTENANCE_TASKS)[number];
