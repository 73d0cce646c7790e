// Runs named calls one after another and tells which failed; what a call answers is kept for the calls after it.
const [base, email, token] = process.argv.slice(2);

export const site = { base, email, token };

export async function run(steps) {
  const seen = {};
  let failed = 0;
  for (const [name, call] of steps) {
    try {
      seen[name] = await call(seen);
      console.log(`ok ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAILED ${name}: ${describe(error)}`);
    }
  }
  console.log(`${steps.length - failed} ok, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}

// All pages of a list, whichever way it pages. A list that never ends is a fault of the server and must not hang the caller.
export async function all(page, items) {
  const found = [];
  let token;
  for (let pages = 0; pages < 1000; pages++) {
    const answer = await page({ startAt: found.length, nextPageToken: token });
    const got = items(answer);
    found.push(...got);
    token = answer.nextPageToken;
    const more = answer.isLast === undefined ? Boolean(token) || found.length < (answer.total ?? 0) : !answer.isLast;
    if (!more) return found;
    if (got.length === 0 && !token) throw new Error('an empty page is not the last one');
  }
  throw new Error('the list does not end');
}

export function expect(condition, what) {
  if (!condition) throw new Error(what);
}

function describe(error) {
  const parts = [error?.message ?? String(error)];
  for (const issue of error?.issues ?? []) parts.push(`${(issue.path ?? []).join('.')}: ${issue.message}`);
  if (error?.response?.data) parts.push(JSON.stringify(error.response.data).slice(0, 300));
  return parts.join(' | ').slice(0, 1500);
}
