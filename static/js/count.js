// How many characters are left, counted as the server and people count them
// (grapheme clusters). It never blocks typing, and speaks after a pause, near
// the end only.
{
  const clusters = window.Intl && Intl.Segmenter && new Intl.Segmenter(document.documentElement.lang, { granularity: 'grapheme' });
  const count = (area) => {
    const said = area.form && area.form.querySelector('[data-left]');
    if (!said) return;
    const words = area.value.trim().normalize();
    const left = area.dataset.max - [...clusters ? clusters.segment(words) : words].length;
    const n = Math.abs(left), unit = n === 1 ? 'character' : 'characters';
    said.classList.toggle('compose__left--over', left < 0);
    const say = left < 0 ? `${n} ${unit} too many` : left <= 300 ? `${n} ${unit} left` : '';
    if (said.textContent !== say) said.textContent = say;
  };
  const all = (root) => { for (const area of root.querySelectorAll('textarea[data-max]')) count(area); };
  let wait;
  document.addEventListener('input', (event) => {
    if (!event.target.matches('textarea[data-max]')) return;
    clearTimeout(wait);
    wait = setTimeout(count, 400, event.target);
  });
  document.addEventListener('turned', () => all(document));
  all(document);
}
