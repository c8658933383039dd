// Talks to the server: form fields out, JSON in; says what kind of trouble there is.

const PATIENCE = 20_000;
// What browsers let a page still send while it goes, all requests together, is 64 KiB.
const SMALL = 8_000;

const cookie = (name) =>
  document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

export class Offline extends Error {}
export class SignedOut extends Error {}
export class Conflict extends Error {
  constructor(body) {
    super(body.error);
    this.theirs = body;
  }
}
export class Refused extends Error {}
/** The unit belongs to an earlier revision of the source. */
export class Moved extends Refused {}

const answer = async (response) => {
  const json = response.headers.get("content-type")?.includes("json");
  // Without its cookies a request is turned away before anybody asks who sent it, and not in JSON.
  if (response.status === 401 || (response.status === 403 && !json)) {
    throw new SignedOut();
  }
  if (response.status >= 500) {
    throw new Offline(`${response.status}`);
  }
  const body = json ? await response.json() : {};
  if (response.status === 409) {
    throw new Conflict(body);
  }
  if (response.status === 410) {
    throw new Moved(body.error);
  }
  if (!response.ok) {
    throw new Refused(body.error ?? `${response.status}`);
  }
  return body;
};

const request = async (address, options) => {
  // Whose page this is: somebody else may have signed in meanwhile, in the same browser.
  const headers = { "X-Desk-User": document.getElementById("desk").dataset.user, ...options.headers };
  let response;
  try {
    response = await fetch(address, {
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE),
      ...options,
      headers,
    });
  } catch (error) {
    throw new Offline(error.message);
  }
  return answer(response);
};

export const post = (address, fields) => {
  const body = new URLSearchParams(fields);
  return request(address, {
    method: "POST",
    headers: { "X-CSRFToken": cookie("csrftoken") },
    body,
    keepalive: body.toString().length < SMALL,
  });
};

export const get = (address) => request(address, {});
