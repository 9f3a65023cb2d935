package e2e

import (
	"archive/zip"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"broadsheet/e2e/harness"
)

// Everything held about a member, in one file, for nobody without the
// password.
func TestDownload(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, m := demo(t).story(), harness.NewMember()
		p.Join(m, path)
		p.Post("Downloaded by " + m.Name)
		p.Go("/account")
		p.Follow("Download your data")
		p.Fill("Password", "not the password")
		p.Follow("Download")
		refused(p, t, scripts, "Password")
		p.Fill("Password", m.Password)
		file := p.Download(t.TempDir(), "my-data.zip", func() { p.Press("Download") })

		archive, err := zip.OpenReader(file)
		if err != nil {
			t.Fatal(err)
		}
		defer archive.Close()
		part := func(name string) string {
			t.Helper()
			f, err := archive.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			text, err := io.ReadAll(f)
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		var data struct {
			Email, Name string
			Comments    []struct{ Address, Text string }
		}
		if err := json.Unmarshal([]byte(part("data.json")), &data); err != nil {
			t.Fatal(err)
		}
		if data.Email != m.Email || data.Name != m.Name || len(data.Comments) != 1 ||
			data.Comments[0].Text != "Downloaded by "+m.Name || data.Comments[0].Address != p.Site.URL+path {
			t.Errorf("in data.json: %+v", data)
		}
		page := part("data.html")
		for _, words := range []string{m.Email, m.Name, "Downloaded by " + m.Name} {
			if !strings.Contains(page, words) {
				t.Errorf("data.html lacks %q", words)
			}
		}
	})
}
