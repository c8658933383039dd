// Says what went wrong with a request, for a few seconds.

import { Conflict, Offline, Refused, SignedOut } from "./server.js";
import { toast } from "./templates.js";

const words = document.querySelector("[data-save-status]").dataset;

/** Tells the person of trouble with the server; what is no such trouble is thrown on. */
export const tell = (error) => {
  if (error instanceof Refused || error instanceof Conflict) {
    toast(error.message);
  } else if (error instanceof Offline) {
    toast(words.noConnection);
  } else if (error instanceof SignedOut) {
    toast(words.signedOut);
  } else {
    throw error;
  }
};
