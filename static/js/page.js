// What other parts share: pages of the site, fetched and read; the place of
// the comment form; words said beside something; the focus.
const site = {
  async read(url, init) {
    const answer = await fetch(url, init);
    return { answer, page: new DOMParser().parseFromString(await answer.text(), 'text/html') };
  },

  // sent is a form as its button would send it.
  sent(form, button) {
    const body = new URLSearchParams(new FormData(form));
    if (button && button.name) body.set(button.name, button.value);
    return body;
  },

  // plainly sends a form as without scripts; handled is true of what has been
  // seen to, or goes that way.
  plainly(form, button) {
    form.dataset.plain = '';
    form.requestSubmit(button);
  },
  handled: (event) => event.defaultPrevented || 'plain' in event.target.dataset,

  // place puts the comment form under the comment it answers, or on top.
  place(form) {
    const parent = form.elements.parent;
    const acts = parent && document.querySelector(`#comments #comment-${Number(parent.value)} .comment__acts`);
    const top = document.querySelector('#comments :is(.picks, .sort)');
    if (acts) acts.after(form);
    else if (top) top.before(form);
  },

  // adopt puts comments that are at work here into their places in a fetched
  // part, so that nothing typed is lost, and takes over the forms its buttons
  // belong to where this page had none; it returns the first new comment.
  adopt(old, fresh) {
    for (const id of ['act', 'look', 'reply']) {
      const form = fresh.ownerDocument.getElementById(id);
      if (form && !document.getElementById(id)) document.querySelector('#comments .sort').after(form);
    }
    let first = null;
    for (const comment of fresh.querySelectorAll('[data-comment]')) {
      const known = old.querySelector('#' + comment.id);
      if (!known) first = first || comment;
      else if (known.querySelector('form.compose, .edit, details[open]')) comment.replaceWith(known);
    }
    return first;
  },

  // said is the live region beside something; it must be there before it
  // speaks.
  said(near) {
    let said = near.parentNode.querySelector(':scope > .said');
    if (!said) {
      said = document.createElement('p');
      said.className = 'said';
      said.setAttribute('role', 'status');
      near.after(said);
    }
    return said;
  },
  say(near, words) {
    const said = site.said(near);
    setTimeout(() => { said.textContent = words; }, 100);
  },

  focus(element) {
    if (element.tabIndex < 0) element.tabIndex = -1;
    element.focus();
    if (element.setSelectionRange) element.setSelectionRange(element.value.length, element.value.length);
  },

  away: 'The site did not answer. What you wrote is still here: please try again.',
};
