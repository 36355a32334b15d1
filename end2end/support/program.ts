// A program that a test starts and ends by its own process id.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** How long a program may take until it says that it is ready, and until it has ended. */
const PATIENCE = 30_000;

export interface Start {
  file: string;
  arguments?: string[];
  environment?: Record<string, string>;
  folder: string;
  /** What the program prints when it is ready; the first group is handed on. Without it the program says nothing. */
  ready?: RegExp;
}

export class Program {
  private printed = '';

  private constructor(private readonly child: ChildProcess) {
    // A program that cannot be started is noticed where something is expected of it.
    child.on('error', (error) => {
      this.printed += String(error);
    });
    const keep = (text: string) => {
      this.printed += text;
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
  }

  /** Starts a program and waits until it is ready. Returns what it announced, too. */
  static async start(start: Start): Promise<[Program, string]> {
    const child = spawn(start.file, start.arguments ?? [], {
      cwd: start.folder,
      // Nothing of the surroundings: a key or an address that is set there must not change a test.
      env: { PATH: process.env.PATH, HOME: start.folder, NO_COLOR: '1', ...start.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const program = new Program(child);
    const announced = start.ready ? await program.announces(start.ready) : '';
    return [program, announced];
  }

  /** Everything that it has printed. */
  get log(): string {
    return this.printed;
  }

  private async announces(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const settle = (error?: Error) => {
        clearTimeout(timer);
        this.child.stdout?.off('data', look);
        this.child.stderr?.off('data', look);
        this.child.off('error', settle).off('exit', ended);
        if (error) reject(error);
      };
      const look = () => {
        const found = pattern.exec(this.printed);
        if (!found) return;
        settle();
        resolve(found[1] ?? found[0]);
      };
      const ended = () => settle(new Error(`${this.child.spawnfile} ended at once:\n${this.printed}`));
      const timer = setTimeout(() => {
        this.child.kill('SIGKILL');
        settle(new Error(`${this.child.spawnfile} is not ready in time:\n${this.printed}`));
      }, PATIENCE);
      this.child.stdout?.on('data', look);
      this.child.stderr?.on('data', look);
      this.child.once('error', settle).once('exit', ended);
    });
  }

  private get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Ends the program: politely, unless it does not listen. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (!this.running) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    const timer = setTimeout(() => this.child.kill('SIGKILL'), PATIENCE);
    await ended;
    clearTimeout(timer);
  }
}
