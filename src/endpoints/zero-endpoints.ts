/** What needs `@rocicorp/zero`: loaded when a server is first asked. */
export { mutationRunner } from './mutate-endpoint.ts';
export { answerQueries } from './query-endpoint.ts';
