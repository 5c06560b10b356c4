// Asking the server. Answers are {status, body}; a network that is away is an OfflineError.

import { start } from "./dom.js";

export class OfflineError extends Error {}

// The cookie's, since whoever signs in anew in another tab has another one than the page.
export function token() {
  const cookie = document.cookie.split("; ").find((each) => each.startsWith(`${start.csrfCookie}=`));
  return cookie?.slice(start.csrfCookie.length + 1) ?? "";
}

export async function ask(method, address, body, signal) {
  let response;
  try {
    response = await fetch(address, {
      method,
      signal,
      credentials: "same-origin",
      redirect: "manual",
      headers: {
        Accept: "application/json",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(method === "GET" ? {} : { "X-CSRFToken": token() }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new OfflineError(error.message);
  }
  // Sent on to where one signs in.
  if (response.type === "opaqueredirect") return { status: 401, body: {} };
  // A proxy whose server is away is a network that is away.
  if ([502, 503, 504].includes(response.status)) throw new OfflineError(String(response.status));
  let told = {};
  try {
    told = await response.json();
  } catch {
    // An error's page; its status says enough.
  }
  return { status: response.status, body: told };
}
