package intake

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// Bounds on a folder.
const (
	fileMax  = 2 << 20 // bytes of one file
	filesMax = 50_000
)

// A file is one Markdown file of the content folder.
type file struct {
	path string // slash-separated, relative to the content folder
	data []byte
}

func (f file) ext() string { return path.Ext(f.path) }

// base returns the file's name without its extension.
func (f file) base() string { return strings.TrimSuffix(path.Base(f.path), f.ext()) }

var errTooManyFiles = errors.New("more files than an import takes")

// readFolder reads the Markdown files below fsys in lexical order. Hidden
// folders, symbolic links and everything that is not a plain file are passed
// over; files that are too large or cannot be read are reported.
func readFolder(fsys fs.FS, report *Report) ([]file, error) {
	var files []file
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && name == ".":
			return err
		case err != nil:
			report.skip(name, "cannot be read")
			return nil
		case entry.IsDir():
			if name != "." && strings.HasPrefix(path.Base(name), ".") {
				return fs.SkipDir
			}
			return nil
		}
		ext := strings.ToLower(path.Ext(name))
		if ext != ".md" && ext != ".markdown" || strings.HasPrefix(path.Base(name), ".") {
			return nil
		}
		if !entry.Type().IsRegular() {
			report.skip(name, "not a plain file")
			return nil
		}
		if len(files) >= filesMax {
			return errTooManyFiles
		}
		data, reason := readFile(fsys, name)
		if reason != "" {
			report.skip(name, reason)
			return nil
		}
		files = append(files, file{name, data})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read content folder: %w", err)
	}
	report.Files = len(files)
	return files, nil
}

// readFile reads one file, or says why not.
func readFile(fsys fs.FS, name string) ([]byte, string) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, "cannot be read"
	}
	defer func() { _ = f.Close() }() // only read from
	data, err := io.ReadAll(io.LimitReader(f, fileMax+1))
	if err != nil {
		return nil, "cannot be read"
	}
	if len(data) > fileMax {
		return nil, "larger than 2 MB"
	}
	return data, ""
}
