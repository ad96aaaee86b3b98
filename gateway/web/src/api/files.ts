// Files: uploaded with progress and one key over repeats, fetched to look at, lists taken along as spreadsheets.

import { cookie, newKey, repeated, send, type Options } from "./client";
import { Refused, type ErrorBody } from "./refused";
import type { Answer, OperationId } from "./types";

export type StoredFile = Answer<"gateway_upload_file">;
export const ACCEPTED = ".jpg,.jpeg,.png,.pdf,.doc,.docx,.xls,.xlsx,.mp4";
export const LARGEST = 20 * 1024 * 1024;

export function upload(file: File, onProgress: (share: number) => void, key: string, enterpriseId?: string): Promise<StoredFile> {
  return repeated(() => sendFile(file, onProgress, key, enterpriseId), { key });
}

function sendFile(file: File, onProgress: (share: number) => void, key: string, enterpriseId?: string): Promise<StoredFile> {
  return new Promise((done, fail) => {
    const form = new FormData();
    form.append("file", file);
    if (enterpriseId) form.append("enterprise_id", enterpriseId);
    const sent = new XMLHttpRequest(); // fetch does not tell how far it has come.
    sent.open("POST", "/api/v1/files");
    sent.setRequestHeader("X-CSRF-Token", cookie("csrf"));
    sent.setRequestHeader("Idempotency-Key", key);
    sent.responseType = "json";
    sent.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    sent.onerror = () => fail(Refused.network());
    sent.onload = () => {
      if (sent.status === 201) return done(sent.response as StoredFile);
      const body = (sent.response ?? { code: "fault", message: "上传没有成功，请重试" }) as ErrorBody;
      fail(new Refused(sent.status, body, Number(sent.getResponseHeader("Retry-After")) || 0));
    };
    sent.send(form);
  });
}

export function fileKey(): string {
  return newKey();
}

/** The address under which a page shows or saves a file; the session's cookie goes along. */
export function fileUrl(id: string, noticeId?: string): string {
  return `/api/v1/files/${id}${noticeId ? `?notice_id=${noticeId}` : ""}`;
}

/** Name and type of a file, without its content. */
export async function fileHead(id: string, noticeId?: string): Promise<{ name: string; type: string; size: number }> {
  const answer = await fetch(fileUrl(id, noticeId), { method: "HEAD" });
  if (!answer.ok) throw new Refused(answer.status, { code: "file.not_found", message: "文件没有找到" });
  return {
    name: nameIn(answer.headers.get("Content-Disposition")) ?? "附件",
    type: answer.headers.get("Content-Type") ?? "",
    size: Number(answer.headers.get("Content-Length")) || 0,
  };
}

function nameIn(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  return encoded ? decodeURIComponent(encoded) : null;
}

/** The list as the filters stand, as a spreadsheet; ``onBytes`` hears how much has arrived. */
export async function exportList(id: string, args: object, onBytes: (bytes: number) => void, options: Options = {}): Promise<string> {
  const answer = await send(id as OperationId, { ...args, format: "xlsx" }, options);
  const name = nameIn(answer.headers.get("Content-Disposition")) ?? "导出.xlsx";
  const parts: BlobPart[] = [];
  const reader = answer.body!.getReader();
  let bytes = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    parts.push(chunk.value as BlobPart);
    bytes += chunk.value.length;
    onBytes(bytes);
  }
  save(new Blob(parts), name);
  return name;
}

/** A file that came inside an answer. */
export function saveBase64(content: string, name: string): void {
  save(new Blob([Uint8Array.from(atob(content), (one) => one.charCodeAt(0))]), name);
}

export function save(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}


/** Lines that Excel opens: it takes UTF-8 only with its mark in front; a text that begins like a formula stays a text. */
export function saveTable(lines: string[][], name: string): void {
  const cell = (text: string) => `"${(/^[=+\-@]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  save(new Blob(["\ufeff", lines.map((line) => line.map(cell).join(",")).join("\r\n")], { type: "text/csv;charset=utf-8" }), name);
}
