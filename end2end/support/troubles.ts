// What a browser complains about while a journey runs. A journey that expects a complaint says so.
import type { BrowserContext, ConsoleMessage, Request, Response } from '@playwright/test';

export class Troubles {
  private readonly seen: string[] = [];
  private readonly expected: RegExp[] = [];

  /** Listens to all pages of a context. */
  watch(context: BrowserContext): void {
    context.on('console', (message) => this.heard(message));
    context.on('weberror', (error) => this.seen.push(`page error: ${error.error().stack ?? error.error().message}`));
    context.on('requestfailed', (request) => this.failed(request));
    context.on('response', (response) => this.answered(response));
  }

  /** From now on, and before, complaints of this form are part of the journey. */
  expect(...patterns: RegExp[]): void {
    this.expected.push(...patterns);
  }

  /** Whatever was not expected. */
  get left(): string[] {
    return this.seen.filter((trouble) => !this.expected.some((pattern) => pattern.test(trouble)));
  }

  private heard(message: ConsoleMessage): void {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    this.seen.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  }

  private failed(request: Request): void {
    const why = request.failure()?.errorText ?? 'unknown';
    // A page that is left lets go of what it was loading.
    if (why === 'net::ERR_ABORTED') return;
    this.seen.push(`failed request: ${why} ${request.method()} ${request.url()}`);
  }

  private answered(response: Response): void {
    if (response.status() < 400) return;
    this.seen.push(`status ${response.status()}: ${response.request().method()} ${response.url()}`);
  }
}
