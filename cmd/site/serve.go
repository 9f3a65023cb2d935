package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
)

// serveCommand is `site serve`.
type serveCommand struct {
	settings `embed:""`
}

// Run serves the site until it is told to stop.
func (c *serveCommand) Run(w *world) error {
	cfg, err := c.check()
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return fmt.Errorf("SITE_ADDR: %w", err)
	}
	var operators net.Listener
	if cfg.AdminAddr != "" {
		if operators, err = net.Listen("tcp", cfg.AdminAddr); err != nil {
			return errors.Join(fmt.Errorf("SITE_ADMIN_ADDR: %w", err), l.Close())
		}
	}
	log := slog.New(slog.NewJSONHandler(w.stderr, nil))
	public := cfg.url
	if public == nil {
		public = &url.URL{Scheme: "http", Host: address(l, cfg.Addr)}
	}
	a, err := newApp(w.ctx, cfg, public, "", log)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	setUp, err := a.site.BeginSetup(w.ctx)
	if err != nil {
		return errors.Join(err, l.Close(), a.Close())
	}
	if setUp != "" {
		fmt.Fprintf(w.stderr, "there is no administrator yet; set the paper up once, at %s\n", setUp)
	}
	fmt.Fprintf(w.stderr, "listening on http://%s\n", address(l, cfg.Addr))
	return errors.Join(a.serve(w.ctx, l, operators), a.Close())
}
