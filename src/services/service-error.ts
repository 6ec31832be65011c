import type { ServiceFailure, ServiceIssue } from '../report/service-failure.ts';

/**
 * Thrown by services for every failure that a caller can expect. `failure.code` tells the cases
 * apart. Other errors, such as a lost connection, are thrown as they are.
 */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly failure: ServiceFailure;

  constructor(failure: ServiceFailure, options?: ErrorOptions) {
    super(messageOf(failure), options);
    this.failure = failure;
  }
}

function messageOf(failure: ServiceFailure): string {
  switch (failure.code) {
    case 'not-found':
      return `no such row in ${failure.table}.`;
    case 'denied': {
      const { immutable = [] } = failure;
      const why = immutable.length > 0 ? `, because ${immutable.join(' and ')} cannot change` : '';
      return `${failure.operation} in ${failure.table} is denied${why}.`;
    }
    case 'conflict':
      return `${failure.table}: the constraint ${failure.constraint} is violated.`;
    case 'invalid':
      return `${failure.table}: ${failure.issues.map(inWords).join('; ')}.`;
  }
}

const inWords = ({ path, message }: ServiceIssue): string =>
  path.length === 0 ? message : `${path.join('.')} ${message}`;
