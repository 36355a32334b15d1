// Daedap itself and the scripted model server, each on a free loopback port and a data folder of its own.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Program } from './program.ts';

function binary(name: string): string {
  const file = process.env[name];
  if (!file) throw new Error(`${name} must name a program; scripts/e2e sets it`);
  return file;
}

/** An address on which nobody listens yet, for a program that has to know it beforehand. */
export async function freeAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

export class Daedap {
  private constructor(
    private readonly folder: string,
    private readonly environment: Record<string, string>,
    private program: Program,
    readonly url: string,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<Daedap> {
    const folder = await mkdtemp(join(tmpdir(), 'daedap-e2e-'));
    const environment = { DATABASE_URL: `sqlite://${folder}/daedap.db`, ...settings };
    try {
      const [program, url] = await run(folder, { DAEDAP_ADDR: '127.0.0.1:0', ...environment });
      return new Daedap(folder, environment, program, url);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  get log(): string {
    return this.program.log;
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    await this.program.end('SIGKILL');
  }

  /** Starts it again on the same data and the same port. */
  async startAgain(): Promise<void> {
    const address = new URL(this.url).host;
    [this.program] = await run(this.folder, { ...this.environment, DAEDAP_ADDR: address });
  }

  /** Runs one of its other commands on the same data. */
  async command(...words: string[]): Promise<string> {
    const environment = { PATH: process.env.PATH, ...this.environment };
    const { stdout } = await promisify(execFile)(binary('DAEDAP_BINARY'), words, { env: environment, cwd: this.folder });
    return stdout;
  }

  async close(): Promise<void> {
    // Nothing on it is needed any more, and a polite end waits for open streams.
    await this.program.end('SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function run(folder: string, environment: Record<string, string>): Promise<[Program, string]> {
  return Program.start({
    file: binary('DAEDAP_BINARY'),
    arguments: ['serve'],
    environment,
    folder,
    ready: /listens on (http:\/\/[\d.:]+)/,
  });
}

/** What the scripted model server counted. */
export interface Calls {
  started: number;
  finished: number;
  aborted: number;
}

export class Upstream {
  private constructor(
    private readonly folder: string,
    private readonly program: Program,
    /** What OPENAI_BASE_URL is set to. */
    readonly baseUrl: string,
  ) {}

  static async start(): Promise<Upstream> {
    const folder = await mkdtemp(join(tmpdir(), 'daedap-upstream-'));
    const [program, url] = await Program.start({
      file: binary('SCRIPTED_UPSTREAM_BINARY'),
      arguments: ['--until-stdin-closes'],
      folder,
      ready: /listening on (\S+)/,
    });
    return new Upstream(folder, program, url);
  }

  private address(path: string): string {
    return new URL(path, this.baseUrl).href;
  }

  /** How every call is answered from now on, or with `once` the next call only. */
  async script(name: string, options: { once?: boolean; tokenDelay?: number } = {}): Promise<void> {
    const reply = await fetch(this.address('/_script'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, once: options.once, token_delay_ms: options.tokenDelay }),
    });
    if (!reply.ok) throw new Error(`no script ${name}: ${await reply.text()}`);
  }

  async calls(): Promise<Calls> {
    return (await (await fetch(this.address('/_calls'))).json()) as Calls;
  }

  /** The bodies of the calls, oldest first. */
  async requests(): Promise<{ messages: { role: string; content: string }[] }[]> {
    return (await (await fetch(this.address('/_requests'))).json()) as { messages: { role: string; content: string }[] }[];
  }

  async close(): Promise<void> {
    await this.program.end('SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Somebody who is signed in at the scripted provider of logins. */
export interface ProviderPerson {
  id: number;
  name: string;
  email?: string;
  verified?: boolean;
}

export class Provider {
  private constructor(
    private readonly folder: string,
    private readonly program: Program,
    readonly url: string,
  ) {}

  static async start(): Promise<Provider> {
    const folder = await mkdtemp(join(tmpdir(), 'daedap-provider-'));
    const [program, url] = await Program.start({
      file: binary('SCRIPTED_PROVIDER_BINARY'),
      arguments: ['--until-stdin-closes'],
      folder,
      ready: /listening on (\S+)/,
    });
    return new Provider(folder, program, url);
  }

  /** What Daedap is started with to offer all three logins. It must be reached at the address. */
  settings(publicUrl: string): Record<string, string> {
    const secret = { CLIENT_ID: 'daedap-tests', CLIENT_SECRET: 'provider-secret-canary' };
    const client = (prefix: string) =>
      Object.fromEntries(Object.entries(secret).map(([name, value]) => [`DAEDAP_${prefix}_${name}`, value]));
    return {
      DAEDAP_PUBLIC_URL: publicUrl,
      ...client('GITHUB'),
      ...client('KAKAO'),
      ...client('OIDC'),
      DAEDAP_GITHUB_URL: this.url,
      DAEDAP_KAKAO_URL: this.url,
      DAEDAP_KAKAO_API_URL: this.url,
      DAEDAP_OIDC_ISSUER: this.url,
      DAEDAP_OIDC_NAME: 'School',
    };
  }

  private async direct(path: string, body: object): Promise<void> {
    const reply = await fetch(new URL(path, this.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${path}: ${reply.status}`);
  }

  async script(name: string): Promise<void> {
    await this.direct('/_script', { name });
  }

  async person(person: ProviderPerson): Promise<void> {
    await this.direct('/_person', person);
  }

  async close(): Promise<void> {
    await this.program.end('SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The scripted GitHub that public profiles are read from. */
export class Github {
  private constructor(
    private readonly folder: string,
    private readonly program: Program,
    readonly url: string,
  ) {}

  static async start(): Promise<Github> {
    const folder = await mkdtemp(join(tmpdir(), 'daedap-github-'));
    const [program, url] = await Program.start({
      file: binary('SCRIPTED_GITHUB_BINARY'),
      arguments: ['--until-stdin-closes'],
      folder,
      ready: /listening on (\S+)/,
    });
    return new Github(folder, program, url);
  }

  /** How every call is answered from now on. */
  async script(name: string): Promise<void> {
    const reply = await fetch(new URL('/_script', this.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
    });
    if (!reply.ok) throw new Error(`no script ${name}: ${reply.status}`);
  }

  /** How many calls came in. */
  async calls(): Promise<number> {
    return ((await (await fetch(new URL('/_calls', this.url))).json()) as { calls: number }).calls;
  }

  async close(): Promise<void> {
    await this.program.end('SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
  }
}
