/** Why a log can't be watched any longer: what the server says when it ends a tail or refuses a log. */

const DELETED = { state: "Deleted", status: "DELETED", what: "This run was deleted.", advice: "Its log went with it." };

const ENDINGS = {
  run_deleted: DELETED,
  not_found: {
    state: "Gone",
    status: "GONE",
    what: "This log is not there any more.",
    advice: "It was deleted, or you may not read it any more.",
  },
  unauthenticated: {
    state: "Signed out",
    what: "You are signed out.",
    advice: "Your session ended. What is shown here stays, but nothing new arrives.",
    login: true,
  },
  forbidden: { state: "Not connected", what: "You may not read this log any more.", advice: "Ask an administrator." },
};

/**
 * The ending that a code of the API means, or null when one may try again.
 *
 * @param code of a problem, or the reason of a closed socket
 * @param emptied whether the log was just emptied: then what is not found any more was deleted
 * @returns {state, what, advice, status, login}: one word, two sentences, what became of the run if
 *     that is known, and whether a login helps
 */
export function endingOf(code, emptied = false) {
  if (emptied && code === "not_found") return DELETED;
  return ENDINGS[code] ?? null;
}
