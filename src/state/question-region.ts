/**
 * Where a region stands in a question: in place of the first word "it", otherwise at its end.
 * @returns the words before and after it, the question mark among the latter
 */
export function aroundRegion(question: string): { readonly before: string; readonly after: string } {
  const it = /\bit\b/i.exec(question);
  if (it)
    return { before: question.slice(0, it.index).trim(), after: question.slice(it.index + it[0].length).trimEnd() };
  const end = /[?.!\s]*$/.exec(question)?.index ?? question.length;
  return { before: question.slice(0, end).trim(), after: question.slice(end).trim() };
}
