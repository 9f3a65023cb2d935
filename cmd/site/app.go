package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"time"

	"golang.org/x/sync/errgroup"

	"broadsheet/internal/mail"
	"broadsheet/internal/work"
	"broadsheet/store"
	"broadsheet/web"
)

// Timeouts of every connection. A route that needs longer says so itself.
const (
	headerWithin = 5 * time.Second
	readWithin   = 15 * time.Second
	writeWithin  = 30 * time.Second
	idleFor      = 60 * time.Second
	drainWithin  = 8 * time.Second
	headerMax    = 32 << 10
)

// app is the running newspaper: what serve, demo and the tests start.
type app struct {
	db      *store.DB
	media   *os.Root
	handler http.Handler
	site    *web.Server
	mail    mail.Sender
	due     chan struct{} // mail has been queued
	telling chan struct{} // something has happened that members may be told
	log     *slog.Logger
	now     func() time.Time
}

// settingSecret is the name of the site's secret in its database, where all
// nodes find the same one.
const settingSecret = "secret"

// newApp opens the database, brings it up to date, and builds the site with
// the public address given.
func newApp(ctx context.Context, c config, public *url.URL, line string, log *slog.Logger) (*app, error) {
	db, err := store.Open(ctx, c.Database, store.Options{Unpaced: c.Limits == "off"})
	if err != nil {
		return nil, fmt.Errorf("SITE_DATABASE: %w", err)
	}
	a := &app{db: db, log: log, now: time.Now, due: make(chan struct{}, 1), telling: make(chan struct{}, 1)}
	if err := db.Migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("SITE_DATABASE: %w", err), a.Close())
	}
	pictures, root, err := c.mediaFolder()
	if err != nil {
		return nil, errors.Join(err, a.Close())
	}
	a.media = root
	name, err := web.Name(ctx, db, c.Name, "Broadsheet")
	if err != nil {
		return nil, errors.Join(err, a.Close())
	}
	secret, err := db.EnsureSetting(ctx, settingSecret, rand.Text()+rand.Text())
	if err != nil {
		return nil, errors.Join(err, a.Close())
	}
	if a.mail, err = mail.Open(c.Mail, mail.From{Name: name, Address: "noreply@" + mailHost(public)}); err != nil {
		return nil, errors.Join(fmt.Errorf("SITE_MAIL: %w", err), a.Close())
	}
	site, err := web.New(web.Config{
		Name:     name,
		Line:     line,
		Language: c.Language,
		Zone:     c.zone,
		URL:      public,
		Media:    pictures,
		Now:      a.now,
		Log:      log,

		Secret:               []byte(secret),
		TrustedProxies:       c.proxies,
		Unlimited:            c.Limits == "off",
		SecondFactorOptional: c.StaffSecondFactor == "optional",
		MailDue:              a.mailDue,
	}, db)
	if err != nil {
		return nil, errors.Join(err, a.Close())
	}
	a.handler, a.site = site, site
	return a, nil
}

// mailDue wakes the sender and whoever tells members what happened; one wake
// is enough for all that is due.
func (a *app) mailDue() {
	for _, wake := range []chan struct{}{a.due, a.telling} {
		select {
		case wake <- struct{}{}:
		default:
		}
	}
}

// address is where a listener is reached: the host as the operator named it,
// with the port that was given out.
func address(l net.Listener, named string) string {
	host, _, err := net.SplitHostPort(named)
	_, port, perr := net.SplitHostPort(l.Addr().String())
	if err != nil || perr != nil || host == "" {
		return l.Addr().String()
	}
	return net.JoinHostPort(host, port)
}

// mailHost is the host that mail comes from: the site's own, as far as it is
// a name.
func mailHost(public *url.URL) string {
	host := public.Hostname()
	if _, err := netip.ParseAddr(host); err == nil {
		return "localhost"
	}
	return host
}

// Handler is the whole site.
func (a *app) Handler() http.Handler { return a.handler }

// Close lets go of the database and the pictures.
func (a *app) Close() error {
	var err error
	if a.media != nil {
		err = a.media.Close()
	}
	return errors.Join(err, a.db.Close())
}

// operators answers what the second listener is for, and nothing else.
func (a *app) operators() http.Handler {
	mux := http.NewServeMux()
	for _, path := range []string{"/healthz", "/readyz"} {
		mux.Handle("GET "+path, a.handler)
	}
	return mux
}

// serve answers readers on one listener and, where there is another, operators
// on that, until the context ends; then requests under way finish.
func (a *app) serve(ctx context.Context, readers, operators net.Listener) error {
	group, running := errgroup.WithContext(ctx)
	for l, handler := range map[net.Listener]http.Handler{readers: a.handler, operators: a.operators()} {
		if l == nil {
			continue
		}
		server := &http.Server{
			Handler:           handler,
			ReadHeaderTimeout: headerWithin,
			ReadTimeout:       readWithin,
			WriteTimeout:      writeWithin,
			IdleTimeout:       idleFor,
			MaxHeaderBytes:    headerMax,
			ErrorLog:          slog.NewLogLogger(a.log.Handler(), slog.LevelWarn),
		}
		group.Go(func() error {
			if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
				return err
			}
			return nil
		})
		group.Go(func() error {
			<-running.Done()
			drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainWithin)
			defer cancel()
			if err := server.Shutdown(drain); err != nil {
				return errors.Join(err, server.Close())
			}
			return nil
		})
	}
	group.Go(func() error { return work.Sweep(running, a.db, a.now, a.log) })
	group.Go(func() error { return work.Mail(running, a.db, a.mail, a.site.Ask, a.now, a.log, a.due) })
	group.Go(func() error { return work.Tell(running, a.site.Tell, a.log, a.telling) })
	group.Go(func() error { return work.Digest(running, a.site.TellModerators, a.log) })
	return group.Wait()
}
