/** Database role that user requests run as. The RLS policies apply to it. */
export const PROMPTCRAFT_ROLE = 'promptcraft_user';
