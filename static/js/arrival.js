// New comments: while the comments are or were in sight, asks once a minute
// how many have come, for an hour at most, and offers to show them. Nothing
// moves before that is pressed.
{
  const section = document.querySelector('#comments[data-arrivals]');
  if (section && window.IntersectionObserver) {
    let seen = false, asked = 0, failed = 0, offer = null;
    new IntersectionObserver((entries, observer) => {
      if (!entries.some((e) => e.isIntersecting)) return;
      seen = true;
      observer.disconnect();
    }).observe(section);

    const ask = async () => {
      if (document.hidden || !seen) return;
      try {
        const answer = await fetch(`${section.dataset.arrivals}?after=${section.dataset.newest}`);
        if (!answer.ok) throw new Error(String(answer.status));
        const { count } = await answer.json();
        failed = 0;
        if (count) tell(count);
      } catch {
        if (++failed === 3) clearInterval(clock);
      }
    };
    const clock = setInterval(() => {
      if (++asked > 60) clearInterval(clock);
      else ask();
    }, 60000);
    addEventListener('pageshow', (event) => { if (event.persisted) ask(); });

    const tell = (count) => {
      if (!offer) {
        offer = document.createElement('div');
        offer.className = 'arrival';
        const button = Object.assign(document.createElement('button'), { type: 'button', className: 'button' });
        button.addEventListener('click', show);
        const said = Object.assign(document.createElement('p'), { className: 'hidden' });
        said.setAttribute('role', 'status');
        offer.append(said, button);
        section.querySelector('.story__main').append(offer);
        setTimeout(() => { said.textContent = 'There are new comments. The button to show them is at the end of the comments.'; }, 100);
      }
      offer.lastChild.textContent = count > 99 ? 'Over 99 new comments' : count === 1 ? '1 new comment' : `${count} new comments`;
    };

    // show loads them into the list where it is the newest first, else goes
    // to where they are.
    const show = async () => {
      const list = section.querySelector('[data-thread]');
      const newest = section.querySelector('.sort a');
      if (!list) return location.reload();
      if (!newest.hasAttribute('aria-current') || /[?&]page=/.test(location.search)) return location.assign(newest.href);
      try {
        const { page } = await site.read(newest.href);
        const there = page.getElementById('comments');
        const fresh = there.querySelector('[data-thread]');
        const form = list.querySelector('form.compose');
        let first = null;
        for (const item of [...fresh.children]) {
          const known = list.querySelector(`:scope > li > #${item.firstElementChild.id}`);
          const size = (e) => e.querySelectorAll('[data-comment]').length;
          const old = known && known.parentNode;
          if (old && size(old) > size(item)) {
            item.replaceWith(old); // opened here: it stays so
          } else {
            first = first || site.adopt(old || document.createElement('li'), item);
          }
        }
        list.replaceWith(fresh);
        if (form && !form.isConnected) site.place(form);
        section.querySelector('.comments__count').textContent = there.querySelector('.comments__count').textContent;
        section.dataset.newest = there.dataset.newest;
        offer.remove();
        offer = null;
        site.focus(first || section.querySelector('h2'));
      } catch {
        location.assign(newest.href);
      }
    };
  }
}
