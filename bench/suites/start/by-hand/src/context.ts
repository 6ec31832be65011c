export interface Principal {
  readonly sub: string | undefined;
}

declare module '@rocicorp/zero' {
  interface DefaultTypes {
    context: Principal;
  }
}
