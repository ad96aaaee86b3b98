// What pages have to know of this site before anybody has signed in: where it tells of changes, and how its codes reach people.

export interface Site {
  stream_port: number;
  live_types: string[];
  release: string | null;
  sends: string[];
}

export async function site(): Promise<Site> {
  return (await fetch("/web-settings")).json() as Promise<Site>;
}
