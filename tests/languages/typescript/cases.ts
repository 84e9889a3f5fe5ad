// What the drivers have in common: how they say what a call gave.

export function report(name: string, results: Record<string, number> | undefined): void {
  console.log(name, JSON.stringify(results));
}

export function refused(name: string, answer?: { status: number; headers: Headers }): void {
  const number = (header: string) => Number(answer?.headers.get(header) ?? NaN);
  const told = {
    status: answer?.status,
    limit: number("X-RateLimit-Limit"),
    remaining: number("X-RateLimit-Remaining"),
    reset: number("X-RateLimit-Reset-Time"),
  };
  console.log(name, JSON.stringify(told));
}
