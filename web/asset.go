package web

import (
	"errors"
	"io"
	"io/fs"
	"net/http"
	"regexp"

	"broadsheet/internal/news"
	"broadsheet/static"
)

// showAsset serves GET /static/{file}.
func (s *Server) showAsset(w http.ResponseWriter, r *http.Request) error {
	if !static.Serve(w, r, r.PathValue("file")) {
		return news.ErrNotFound
	}
	return nil
}

// mediaName is the only form a picture's file name has.
var mediaName = regexp.MustCompile(`^[a-z0-9]{8,64}-[0-9]{1,5}\.(jpg|png|webp|avif)$`)

// mediaKinds are the exact types pictures are served with, never sniffed.
var mediaKinds = map[string]string{"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "avif": "image/avif"}

// showMedia serves GET /media/{file}. The name carries the content's hash, so
// the answer never changes.
func (s *Server) showMedia(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("file")
	match := mediaName.FindStringSubmatch(name)
	if match == nil || s.cfg.Media == nil {
		return news.ErrNotFound
	}
	file, err := s.cfg.Media.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return news.ErrNotFound
	}
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	content, ok := file.(io.ReadSeeker)
	if !ok || info.IsDir() {
		return news.ErrNotFound
	}
	h := w.Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Content-Type", mediaKinds[match[1]])
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("ETag", `"`+name+`"`)
	http.ServeContent(w, r, name, info.ModTime(), content)
	return nil
}
