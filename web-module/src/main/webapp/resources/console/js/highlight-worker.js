/**
 * Finds the hits of a regular expression. It runs apart from the page, because an expression may
 * take forever: then the page ends this worker and goes on.
 */
self.onmessage = ({ data }) => {
  const expression = new RegExp(data.source, data.flags);
  self.postMessage({
    id: data.id,
    hits: data.texts.map((text) => {
      const found = [];
      for (const match of text.matchAll(expression)) {
        if (match[0].length > 0) found.push([match.index, match.index + match[0].length]);
        if (found.length >= 200) break;
      }
      return found;
    }),
  });
};
