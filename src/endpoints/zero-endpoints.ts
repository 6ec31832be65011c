/** Everything that needs `@rocicorp/zero`: loaded with the first request. */
export { mutationRunner } from './mutate-endpoint.ts';
export { answerQueries } from './query-endpoint.ts';
