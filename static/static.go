// Package static holds the site's own files (styles, scripts, fonts, icons)
// inside the program and serves them under names that carry their content's
// hash, so that browsers may keep them for ever. It knows nothing of pages.
package static

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
)

//go:embed css/*.css js/*.js font/*.woff2 img/*
var files embed.FS

// styleOrder is the order of the stylesheet's parts: later layers win, and
// token.css declares the layers.
var styleOrder = []string{
	"token", "base", "button", "masthead", "card", "front", "listing",
	"article", "prose", "share", "comment", "live", "further", "form", "factor", "error", "footer", "print",
}

// scriptOrder is the order of the script's parts; each stands alone but for
// page, which others use.
var scriptOrder = []string{
	"page", "copy", "further", "summary", "count", "reveal", "passkey", "draft",
	"reply", "preview", "edit", "more", "arrival", "recommend", "again",
}

// deskStyles and deskScripts are the parts of what the pages of moderation load
// beside the others; readers never do.
var (
	deskStyles  = []string{"queue", "case", "moderate", "rule"}
	deskScripts = []string{"desk", "undo", "decision", "key", "selection"}
)

// An asset is one file as served.
type asset struct {
	path   string // below /static/, with the hash
	kind   string // media type
	body   []byte
	etag   string
	gzip   []byte // nil where compressing does not pay
	brotli []byte
}

// table builds all assets once; a missing part is a programming error and
// panics at the first use, which every test reaches.
var table = sync.OnceValue(func() map[string]*asset {
	t := map[string]*asset{} // by plain name and by hashed path
	add := func(name string, body []byte) {
		sum := sha256.Sum256(body)
		hash := hex.EncodeToString(sum[:6])
		ext := path.Ext(name)
		a := &asset{
			path: strings.TrimSuffix(name, ext) + "." + hash + ext,
			kind: mediaType(ext),
			body: body,
			etag: `"` + hash + `"`,
		}
		if ext == ".css" || ext == ".js" || ext == ".svg" {
			a.gzip, a.brotli = squeeze(body)
		}
		t[name], t["/"+a.path] = a, a
	}
	for _, dir := range []string{"font", "img"} {
		entries, err := fs.ReadDir(files, dir)
		if err != nil {
			panic(err)
		}
		for _, e := range entries {
			add(e.Name(), read(dir+"/"+e.Name()))
		}
	}
	css := join("css", ".css", styleOrder)
	for name, a := range t {
		if strings.HasSuffix(name, ".woff2") && !strings.HasPrefix(name, "/") {
			css = bytes.ReplaceAll(css, []byte(`url("`+name+`")`), []byte(`url("`+a.path+`")`))
		}
	}
	add("site.css", css)
	add("site.js", join("js", ".js", scriptOrder))
	add("desk.css", join("css", ".css", deskStyles))
	add("desk.js", join("js", ".js", deskScripts))
	return t
})

// mediaType is mime.TypeByExtension without the machine's own tables, which
// differ from host to host.
func mediaType(ext string) string {
	switch ext {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".woff2":
		return "font/woff2"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	}
	return mime.TypeByExtension(ext)
}

func read(name string) []byte {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return b
}

func join(dir, ext string, names []string) []byte {
	var b bytes.Buffer
	for _, n := range names {
		b.Write(read(dir + "/" + n + ext))
	}
	return b.Bytes()
}

// squeeze compresses at the highest levels: it runs once per start, and the
// result is served for ever.
func squeeze(body []byte) (gz, br []byte) {
	var g, b bytes.Buffer
	zw, err := gzip.NewWriterLevel(&g, gzip.BestCompression)
	if err != nil {
		panic(err)
	}
	bw := brotli.NewWriterLevel(&b, brotli.BestCompression)
	for _, w := range []interface {
		Write([]byte) (int, error)
		Close() error
	}{zw, bw} {
		if _, err := w.Write(body); err != nil {
			panic(err)
		}
		if err := w.Close(); err != nil {
			panic(err)
		}
	}
	return g.Bytes(), b.Bytes()
}

// URL returns the address of a file by its plain name, such as "site.css". It
// panics for a name that does not exist, because only code names files.
func URL(name string) string {
	a, ok := table()[name]
	if !ok || strings.HasPrefix(name, "/") {
		panic(fmt.Sprintf("static: no file %q", name))
	}
	return "/static/" + a.path
}

// Serve answers GET and HEAD for one file by the name in its address; it
// reports false, having written nothing, when there is no such file.
func Serve(w http.ResponseWriter, r *http.Request, name string) bool {
	a, ok := table()["/"+name]
	if !ok {
		return false
	}
	h := w.Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Content-Type", a.kind)
	body, etag := a.body, a.etag
	if a.gzip != nil {
		h.Set("Vary", "Accept-Encoding")
		switch accepted := r.Header.Get("Accept-Encoding"); {
		case strings.Contains(accepted, "br"):
			h.Set("Content-Encoding", "br")
			body, etag = a.brotli, strings.TrimSuffix(etag, `"`)+`-br"`
		case strings.Contains(accepted, "gzip"):
			h.Set("Content-Encoding", "gzip")
			body, etag = a.gzip, strings.TrimSuffix(etag, `"`)+`-gz"`
		}
	}
	h.Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return true
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the reader going away is not our error
	}
	return true
}
