import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { formatNumber } from './quantity.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly os: string;
  readonly node: string;
  /** Load average of the last minute before the benchmark started. */
  readonly load: number;
  readonly date: string;
}

export function describeMachine(now = new Date()): Machine {
  return {
    // Some virtual machines report an empty model.
    cpu: cpus()[0]?.model.trim() || 'unknown processor',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    os: `${type()} ${release()}`,
    node: process.version,
    load: loadavg()[0] ?? 0,
    date: now.toISOString().slice(0, 16).replace('T', ' ') + ' UTC',
  };
}

/** One line with the facts needed to compare figures between machines. */
export function formatMachine(machine: Machine): string {
  const { cpu, cores, memoryBytes, os, node, load, date } = machine;
  const memory = `${formatNumber(Math.round(memoryBytes / 2 ** 30))} GiB`;
  return `${cpu}, ${cores} ${cores === 1 ? 'core' : 'cores'}, ${memory}, ${os}, Node ${node}, load ${load.toFixed(2)}, ${date}`;
}

/** Alternation keeps ratios fair under load, but not absolute figures. */
export function isBusy({ load, cores }: Machine): boolean {
  return load > cores / 2;
}
