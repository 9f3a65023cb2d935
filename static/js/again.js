// A page that the browser brings back after a form was sent from it is loaded
// anew: its form has made its comment, and its thread has moved on.
{
  let sent = false;
  addEventListener('submit', (event) => {
    if (!event.defaultPrevented && event.target.matches('form[data-draft]')) sent = true;
  });
  addEventListener('pageshow', (event) => { if (event.persisted && sent) location.reload(); });
}
