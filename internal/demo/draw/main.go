// Command draw makes the pictures of the demonstration newspaper and, with
// -icons, the icons of the site. Every picture is drawn by code from its name
// alone, so a second run gives the same bytes.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/jpeg"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// scene is one picture: its name and the function that draws it.
type scene struct {
	name string
	draw func(*Canvas)
}

// Files may not be larger than this, so that pages stay quick.
const (
	maxLarge = 86_000
	maxSmall = 28_000
)

func main() {
	only := flag.String("only", "", "draw these scenes, separated by commas")
	icons := flag.String("icons", "", "write the site icons to this directory")
	flag.Parse()
	if *icons != "" {
		if err := writeIcons(*icons); err != nil {
			log.Fatal(err)
		}
	}
	if flag.NArg() == 0 {
		if *icons == "" {
			log.Fatal("usage: draw [-only NAMES] [-icons DIR] OUTDIR")
		}
		return
	}
	if err := writeScenes(flag.Arg(0), *only); err != nil {
		log.Fatal(err)
	}
}

// writeScenes draws the named scenes, or all, two at a time.
func writeScenes(dir, only string) error {
	var wg sync.WaitGroup
	errs := make([]error, len(scenes))
	gate := make(chan struct{}, 2)
	for i, s := range scenes {
		if only != "" && !slices.Contains(strings.Split(only, ","), s.name) {
			continue
		}
		wg.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			errs[i] = s.write(dir)
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// write draws one scene and saves it in both sizes.
func (s scene) write(dir string) error {
	c := NewCanvas(1200, s.name)
	s.draw(c)
	for n, size := range map[int]int{1: maxLarge, 2: maxSmall} {
		b, err := encode(c.Image(n), size)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		file := filepath.Join(dir, fmt.Sprintf("%s-%d.jpg", s.name, 1200/n))
		if err := os.WriteFile(file, b, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// encode makes a JPEG, lowering the quality until it fits the size.
func encode(img image.Image, size int) ([]byte, error) {
	for q := 82; ; q -= 3 {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: q}); err != nil {
			return nil, err
		}
		if b.Len() <= size || q < 55 {
			return b.Bytes(), nil
		}
	}
}
