/** "gard" and "main" in ASCII: the advisory lock of maintenance. Such locks are per database. */
export const MAINTENANCE_LOCK: readonly [number, number] = [0x67_61_72_64, 0x6d_61_69_6e];
