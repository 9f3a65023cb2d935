// Recommend without leaving the page: the button changes at once and is put
// right by the answer. A refusal is said beside it.
document.addEventListener('submit', async (event) => {
  const button = event.submitter;
  if (event.target.id !== 'act' || !button || !button.hasAttribute('aria-pressed') || site.handled(event)) return;
  event.preventDefault();
  if (button.hasAttribute('aria-busy')) return;
  const number = button.querySelector('span');
  const show = (on, count) => {
    button.setAttribute('aria-pressed', String(on));
    button.value = on ? '0' : '1';
    number.textContent = count || '';
  };
  const on = button.value === '1', count = Number(number.textContent);
  const body = site.sent(event.target, button);
  button.setAttribute('aria-busy', 'true');
  show(on, count + (on ? 1 : -1));
  let words = 'The site did not answer: please try again.';
  try {
    const answer = await fetch(button.formAction, { method: 'POST', body, headers: { Accept: 'application/json' } });
    if (answer.ok && !answer.redirected) {
      const now = await answer.json();
      show(now.on, now.count);
      words = '';
    } else {
      show(!on, count);
      if (answer.redirected) return location.assign(answer.url);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      words = [...page.querySelectorAll('main h1, main .page__lede')].map((e) => e.textContent).join('. ');
    }
  } catch {
    show(!on, count);
  } finally {
    button.removeAttribute('aria-busy');
  }
  if (words || button.parentNode.parentNode.querySelector(':scope > .said')) site.say(button.parentNode, words);
});
