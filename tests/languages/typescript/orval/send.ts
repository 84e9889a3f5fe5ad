// What the generated functions send with. Orval's own function parses the body of every answer as JSON, and so loses the
// headers of a refusal, whose body is text; it knows neither the host nor the token.

export type Settings = RequestInit & { accessToken?: string };

export async function send<T>(path: string, { accessToken, ...init }: Settings): Promise<T> {
  const url = new URL(path, process.env["IT_ACCESS_BASE_URL"]);
  url.searchParams.set("access_token", accessToken ?? process.env["IT_ACCESS_TOKEN"] ?? "");
  const answer = await fetch(url, init);
  const data: unknown = answer.ok ? await answer.json() : await answer.text();
  return { data, status: answer.status, headers: answer.headers } as T;
}
