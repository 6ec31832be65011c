// Everything that the migrations create.
export * from './index.ts';
