package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"github.com/alecthomas/kong"
	"golang.org/x/text/language"

	"broadsheet/internal/mail"
)

// settings are what the newsroom and the operator decide, each from its flag,
// then from SITE_ and its name, then from the default. A value may also stand
// in a file named by the variable with _FILE at its end.
type settings struct {
	Addr              string `help:"Listen address (SITE_ADDR)." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	URL               string `help:"Public address, used in links, mail and cookies (SITE_URL); the listen address when empty." name:"url" placeholder:"URL"`
	Name              string `help:"Name on the masthead (SITE_NAME); the one given at set-up when empty." placeholder:"NAME"`
	Language          string `help:"Language of the site, BCP 47 (SITE_LANGUAGE)." default:"en"`
	Timezone          string `help:"Zone of dates and addresses, such as Europe/Paris (SITE_TIMEZONE)." default:"UTC"`
	Database          string `help:"sqlite:PATH or postgres://… (SITE_DATABASE)." default:"sqlite:data/site.db"`
	Media             string `help:"file:PATH of the pictures (SITE_MEDIA)." default:"file:data/media"`
	Mail              string `help:"dir:PATH, smtp:// or smtps:// (SITE_MAIL)." default:"dir:data/outbox"`
	TrustedProxies    string `help:"Networks whose forwarding headers count, CIDR, joined by commas (SITE_TRUSTED_PROXIES)." placeholder:"CIDR,…"`
	AdminAddr         string `help:"Second listener for health and readiness, off when empty (SITE_ADMIN_ADDR)." placeholder:"HOST:PORT"`
	StaffSecondFactor string `help:"required or optional (SITE_STAFF_SECOND_FACTOR)." default:"required"`
	Limits            string `help:"on or off; off only on loopback, for load tests (SITE_LIMITS)." default:"on"`
}

// environment makes kong read the variables by the flags' names. It returns
// an error for a variable that no setting has: a slip in a name must not pass
// for a setting.
func environment(env []string) (kong.Resolver, error) {
	known := map[string]bool{"SITE_TEST_POSTGRES": true}
	for _, name := range []string{"ADDR", "URL", "NAME", "LANGUAGE", "TIMEZONE", "DATABASE", "MEDIA", "MAIL", "TRUSTED_PROXIES", "ADMIN_ADDR", "STAFF_SECOND_FACTOR", "LIMITS"} {
		known["SITE_"+name], known["SITE_"+name+"_FILE"] = true, true
	}
	values := map[string]string{}
	var unknown []string
	for _, pair := range env {
		name, value, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, "SITE_") {
			continue
		}
		if !known[name] {
			unknown = append(unknown, name)
		}
		if base, ok := strings.CutSuffix(name, "_FILE"); ok {
			raw, err := os.ReadFile(value)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			name, value = base, strings.TrimSpace(string(raw))
		}
		values[name] = value
	}
	if len(unknown) > 0 {
		sort.Strings(unknown)
		return nil, fmt.Errorf("unknown setting %s; see site help serve", strings.Join(unknown, ", "))
	}
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		if v, ok := values["SITE_"+strings.ToUpper(strings.ReplaceAll(flag.Name, "-", "_"))]; ok && v != "" {
			return v, nil
		}
		return nil, nil
	}), nil
}

// config is settings read and found sound.
type config struct {
	settings
	url     *url.URL // nil when it follows the listener
	zone    *time.Location
	media   string         // folder
	proxies []netip.Prefix // trusted
}

// check reads all settings and returns every fault at once, as a faultsError.
func (s settings) check() (config, error) {
	c := config{settings: s}
	var faults faultsError
	fault := func(name, format string, args ...any) {
		faults = append(faults, "SITE_"+name+": "+fmt.Sprintf(format, args...))
	}
	if _, _, err := net.SplitHostPort(s.Addr); err != nil {
		fault("ADDR", "%q is not HOST:PORT", s.Addr)
	}
	if s.AdminAddr != "" {
		if _, _, err := net.SplitHostPort(s.AdminAddr); err != nil {
			fault("ADMIN_ADDR", "%q is not HOST:PORT", s.AdminAddr)
		}
	}
	if s.URL != "" {
		u, err := url.Parse(s.URL)
		switch {
		case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
			fault("URL", "%q is not an http or https address", s.URL)
		case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil:
			fault("URL", "%q has more than a scheme and a host", s.URL)
		case u.Scheme == "http" && !loopback(u.Host):
			fault("URL", "%q: readers' log-ins need https; plain http is for loopback only", s.URL)
		default:
			c.url = &url.URL{Scheme: u.Scheme, Host: u.Host}
		}
	} else if !loopback(s.Addr) {
		fault("URL", "must be set when listening beyond loopback")
	}
	if s.Name != "" && strings.TrimSpace(s.Name) == "" || len(s.Name) > 80 {
		fault("NAME", "must have 1 to 80 characters")
	}
	if _, err := language.Parse(s.Language); err != nil {
		fault("LANGUAGE", "%q is not a language tag", s.Language)
	}
	zone, err := time.LoadLocation(s.Timezone)
	if err != nil || s.Timezone == "Local" || s.Timezone == "" {
		fault("TIMEZONE", "%q is not a zone such as Europe/Paris", s.Timezone)
	}
	c.zone = zone
	if path, ok := strings.CutPrefix(s.Database, "sqlite:"); ok && path == "" || !ok && !strings.HasPrefix(s.Database, "postgres://") && !strings.HasPrefix(s.Database, "postgresql://") {
		fault("DATABASE", "must be sqlite:PATH or postgres://…")
	}
	switch folder, ok := strings.CutPrefix(s.Media, "file:"); {
	case ok && folder != "":
		c.media = folder
	case strings.HasPrefix(s.Media, "s3://"):
		fault("MEDIA", "s3:// is not supported by this version; use file:PATH")
	default:
		fault("MEDIA", "must be file:PATH")
	}
	if _, err := mail.Open(s.Mail, mail.From{Address: "noreply@localhost"}); err != nil {
		fault("MAIL", "%s", strings.TrimPrefix(err.Error(), "mail: "))
	}
	for _, network := range strings.Split(s.TrustedProxies, ",") {
		if network = strings.TrimSpace(network); network == "" {
			continue
		}
		prefix, err := netip.ParsePrefix(network)
		if err != nil {
			fault("TRUSTED_PROXIES", "%q is not a network such as 10.0.0.0/8", network)
			continue
		}
		c.proxies = append(c.proxies, prefix)
	}
	if s.StaffSecondFactor != "required" && s.StaffSecondFactor != "optional" {
		fault("STAFF_SECOND_FACTOR", "must be required or optional")
	}
	switch {
	case s.Limits != "on" && s.Limits != "off":
		fault("LIMITS", "must be on or off")
	case s.Limits == "off" && !loopback(s.Addr):
		fault("LIMITS", "off is for load tests on loopback only")
	}
	if len(faults) > 0 {
		return c, faults
	}
	return c, nil
}

// loopback reports whether HOST or HOST:PORT is this machine and no other.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return ip != nil && ip.IsLoopback()
}

// mediaFolder makes the folder of pictures if need be and opens it; nothing
// outside it can be reached through what is returned.
func (c config) mediaFolder() (fs.FS, *os.Root, error) {
	if err := os.MkdirAll(c.media, 0o750); err != nil {
		return nil, nil, fmt.Errorf("SITE_MEDIA: %w", err)
	}
	root, err := os.OpenRoot(c.media)
	if err != nil {
		return nil, nil, fmt.Errorf("SITE_MEDIA: %w", err)
	}
	return root.FS(), root, nil
}

// writable reports whether files can be made in a folder that may not exist
// yet.
func writable(folder string) error {
	for {
		info, err := os.Stat(folder)
		if errors.Is(err, fs.ErrNotExist) {
			parent := filepath.Dir(folder)
			if parent == folder {
				return err
			}
			folder = parent
			continue
		}
		if err != nil {
			return err
		}
		if !info.IsDir() {
			return fmt.Errorf("%s is not a folder", folder)
		}
		probe, err := os.CreateTemp(folder, ".probe-*")
		if err != nil {
			return err
		}
		name := probe.Name()
		return errors.Join(probe.Close(), os.Remove(name))
	}
}
