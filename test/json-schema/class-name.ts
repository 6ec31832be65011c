/** `package_versions` as `PackageVersions`. */
export const className = (name: string): string =>
  name.replaceAll(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase());
