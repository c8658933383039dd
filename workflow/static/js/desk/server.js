// Talks to the server: form fields out, JSON in; says what kind of trouble there is.

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

const answer = async (response) => {
  if (response.status === 401) {
    throw new SignedOut();
  }
  if (response.status >= 500) {
    throw new Offline(`${response.status}`);
  }
  const body = response.headers.get("content-type")?.includes("json") ? await response.json() : {};
  if (response.status === 409) {
    throw new Conflict(body);
  }
  if (!response.ok) {
    throw new Refused(body.error ?? `${response.status}`);
  }
  return body;
};

const request = async (address, options) => {
  let response;
  try {
    response = await fetch(address, { credentials: "same-origin", ...options });
  } catch (error) {
    throw new Offline(error.message);
  }
  return answer(response);
};

export const post = (address, fields) =>
  request(address, {
    method: "POST",
    headers: { "X-CSRFToken": cookie("csrftoken") },
    body: new URLSearchParams(fields),
    keepalive: true,
  });

export const get = (address) => request(address, {});
