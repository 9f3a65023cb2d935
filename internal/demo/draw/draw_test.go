package main

import (
	"bytes"
	"fmt"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const pictureDir = "../picture"

// A scene drawn twice gives the same bytes.
func TestScenesAreDeterministic(t *testing.T) {
	for _, name := range []string{"market-hall", "hills-snow"} {
		i := slices.IndexFunc(scenes, func(s scene) bool { return s.name == name })
		if i < 0 {
			t.Fatalf("no scene %q", name)
		}
		var out [2][]byte
		for n := range out {
			c := NewCanvas(240, name)
			scenes[i].draw(c)
			out[n] = c.Image(1).Pix
		}
		if !bytes.Equal(out[0], out[1]) {
			t.Errorf("%s: two drawings differ", name)
		}
	}
}

// The list of scenes and the committed files are the same set, in both sizes.
func TestPicturesMatchScenes(t *testing.T) {
	want := map[string]bool{}
	for _, s := range scenes {
		for _, width := range []int{1200, 600} {
			name := fmt.Sprintf("%s-%d.jpg", s.name, width)
			if want[name] {
				t.Errorf("scene %s is listed twice", s.name)
			}
			want[name] = true
			f, err := os.Open(filepath.Join(pictureDir, name))
			if err != nil {
				t.Error(err)
				continue
			}
			img, err := jpeg.Decode(f)
			f.Close()
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if b := img.Bounds(); b.Dx() != width || b.Dy() != width*2/3 {
				t.Errorf("%s is %d by %d", name, b.Dx(), b.Dy())
			}
		}
	}
	if len(scenes) != 48 {
		t.Errorf("%d scenes, want 48", len(scenes))
	}
	files, err := os.ReadDir(pictureDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".jpg") && !want[f.Name()] {
			t.Errorf("%s belongs to no scene", f.Name())
		}
	}
}
