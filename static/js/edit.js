// Edit in place: the form of the page that changes a comment comes where the
// comment stands. Refusals are shown there too, with what was typed.
{
  // A form in a page of its own has ids that may be taken in this one.
  const boxOf = (page, id) => {
    const form = page.querySelector('main .page > form[action$="/edit"]');
    if (!form) return null;
    const box = document.createElement('div');
    box.className = 'edit';
    box.append(...page.querySelectorAll('main .page > :is(.notice, .compose__preview)'), form);
    for (const name of ['id', 'for', 'aria-labelledby', 'aria-describedby']) {
      for (const e of box.querySelectorAll(`[${name}]`)) e.setAttribute(name, e.getAttribute(name).replace(/\S+/g, `edit-${id}-$&`));
    }
    form.querySelector('.actions a').textContent = 'Cancel';
    return box;
  };
  const parts = (comment) => comment.querySelectorAll(':scope > :is(.comment__body, .comment__acts)');
  const show = (box) => {
    const field = box.querySelector('textarea');
    field.dispatchEvent(new Event('turned', { bubbles: true }));
    const preview = box.querySelector('.compose__title');
    site.focus(preview && !box.querySelector('.field__error') ? preview : field);
  };

  const open = async (button) => {
    const comment = button.closest('.comment');
    try {
      const { page } = await site.read(button.formAction);
      const box = boxOf(page, comment.dataset.comment);
      if (!box) return site.plainly(button.form, button);
      for (const e of parts(comment)) e.hidden = true;
      comment.querySelector('.comment__by').after(box);
      show(box);
    } catch {
      site.say(button.parentNode, site.away);
    }
  };

  const send = async (form, button) => {
    const box = form.parentNode, comment = box.closest('.comment');
    const field = form.querySelector('textarea');
    if (field.readOnly) return;
    field.readOnly = true;
    try {
      const { answer, page } = await site.read(form.action, { method: 'POST', body: site.sent(form, button) });
      const now = page.getElementById(comment.id), again = boxOf(page, comment.dataset.comment);
      if (answer.redirected && now) {
        form.dispatchEvent(new Event('stored', { bubbles: true }));
        const reply = comment.querySelector('form.compose');
        comment.replaceWith(now);
        if (reply) site.place(reply);
        site.focus(now);
        site.say(now.querySelector('.comment__acts'), 'Your change is saved.');
      } else if (answer.redirected) {
        location.assign(answer.url);
      } else if (again) {
        box.replaceWith(again);
        show(again);
      } else {
        field.readOnly = false;
        site.plainly(form, button);
      }
    } catch {
      site.say(form, site.away);
    }
    field.readOnly = false;
  };

  document.addEventListener('submit', (event) => {
    const form = event.target, button = event.submitter;
    if (!button || site.handled(event)) return;
    if (form.id === 'look' && button.formAction.endsWith('/edit') && button.closest('.comment')) {
      event.preventDefault();
      open(button);
    } else if (form.matches('.edit form')) {
      event.preventDefault();
      send(form, button);
    }
  });

  document.addEventListener('click', (event) => {
    const stop = event.target.closest('.edit .actions a');
    if (!stop || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const box = stop.closest('.edit'), comment = box.closest('.comment');
    box.querySelector('form').dispatchEvent(new Event('stored', { bubbles: true }));
    box.remove();
    for (const e of parts(comment)) e.hidden = false;
    comment.querySelector('[formaction$="/edit"]').focus();
  });
}
