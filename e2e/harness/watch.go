package harness

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// watch notes all requests of a page and everything that must not happen on
// any: exceptions, console errors, violations of the content security policy,
// dialogs, requests to other hosts, missing files and server errors.
type watch struct {
	site string

	mu       sync.Mutex
	wrong    []string
	expected []string // answers that a script gets and deals with
	requests []string
	document network.RequestID
	status   int64
	header   http.Header
}

func (w *watch) add(format string, args ...any) {
	w.wrong = append(w.wrong, fmt.Sprintf(format, args...))
}

func (w *watch) faults() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := append([]string(nil), w.wrong...)
	for _, e := range w.expected {
		list = append(list, "there was no "+e)
	}
	return list
}

// Expect says that a script of the page will be refused once, and can deal
// with it.
func (p *Page) Expect(status int, path string) {
	p.watch.mu.Lock()
	defer p.watch.mu.Unlock()
	p.watch.expected = append(p.watch.expected, fmt.Sprintf("%d for %s", status, p.Site.URL+path))
}

// heard is called with every event, in order; it must be quick.
func (p *Page) heard(event any) {
	w := p.watch
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
		w.add("uncaught exception: %s", text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeAssert {
			w.add("console.%s called", e.Type)
		}
	case *log.EventEntryAdded:
		// What the network reports is judged below, by status and kind.
		if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork {
			w.add("console: %s: %s (%s)", e.Entry.Source, e.Entry.Text, e.Entry.URL)
		}
	case *page.EventJavascriptDialogOpening:
		w.add("dialog: %s", e.Message)
		go func() {
			_, _ = chromedp.Call(p.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{})
		}()
	case *network.EventRequestWillBeSent:
		w.requests = append(w.requests, e.Request.Method+" "+e.Request.URL)
		// The browser draws its own controls with pictures of its own.
		if !strings.HasPrefix(e.Request.URL, w.site+"/") && !strings.HasPrefix(e.Request.URL, "data:") {
			w.add("request to elsewhere: %s", e.Request.URL)
		}
	case *network.EventResponseReceived:
		switch {
		case e.Type == network.ResourceTypeDocument:
			w.document, w.status = e.RequestID, e.Response.Status
			if e.Response.Status >= 500 {
				w.add("%d for %s", e.Response.Status, e.Response.URL)
			}
		case e.Response.Status >= 400:
			answer := fmt.Sprintf("%d for %s", e.Response.Status, e.Response.URL)
			if i := slices.Index(w.expected, answer); i >= 0 {
				w.expected = slices.Delete(w.expected, i, i+1)
			} else {
				w.add("%s, a %s", answer, e.Type)
			}
		}
	case *network.EventLoadingFailed:
		if !e.Canceled && e.Type != network.ResourceTypeDocument && e.ErrorText != "net::ERR_ABORTED" {
			w.add("a %s did not load: %s", e.Type, e.ErrorText)
		}
	}
}

// Requests returns all requests so far as "METHOD URL".
func (p *Page) Requests() []string {
	p.watch.mu.Lock()
	defer p.watch.mu.Unlock()
	return append([]string(nil), p.watch.requests...)
}

// Faults returns what the page did that none may do.
func (p *Page) Faults() []string { return p.watch.faults() }

// Status is the status of the document shown.
func (p *Page) Status() int {
	p.watch.mu.Lock()
	defer p.watch.mu.Unlock()
	return int(p.watch.status)
}

// Source is the document as it was fetched.
func (p *Page) Source() string {
	p.t.Helper()
	p.watch.mu.Lock()
	id := p.watch.document
	p.watch.mu.Unlock()
	return string(call(p, network.GetResponseBody, network.GetResponseBodyParams{RequestID: id}).Body)
}
