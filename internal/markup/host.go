package markup

import (
	"net"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/idna"
)

// Links returns the hosts that the links in a member's comment lead to, each
// once and as Host writes it. It reads what Comment renders, so that what is
// judged is what becomes a link.
func Links(md string) []string {
	// Without one of these there is nothing that Comment makes a link of.
	if !strings.Contains(md, "://") && !strings.ContainsAny(md, "[<") {
		return nil
	}
	var hosts []string
	z := html.NewTokenizer(strings.NewReader(Comment(md)))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return hosts
		case html.StartTagToken:
			for _, a := range z.Token().Attr {
				if a.Key != "href" {
					continue
				}
				host := "?" // what cannot be read is no host that anybody allows
				if u, err := url.Parse(a.Val); err == nil && u.Host != "" {
					host = Host(u.Host)
				}
				if !slices.Contains(hosts, host) {
					hosts = append(hosts, host)
				}
			}
		}
	}
}

// Host returns the name of a host as hosts are compared: in small letters,
// names beyond ASCII in Punycode, without a port and a last dot.
func Host(s string) string {
	if h, _, err := net.SplitHostPort(s); err == nil {
		s = h
	}
	s = strings.Trim(s, "[]")
	if ascii, err := idna.Lookup.ToASCII(s); err == nil {
		s = ascii
	}
	return strings.TrimSuffix(strings.ToLower(s), ".")
}
