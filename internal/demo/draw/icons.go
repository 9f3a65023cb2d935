package main

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
)

// The icon is the head of a newspaper: an oxford rule, thick over thin, and
// below it two columns of lines. Places are on a square of 64 by 64.
var iconBars = [][4]float64{
	{9, 11, 46, 10}, {9, 25, 46, 3},
	{9, 34, 20.5, 4}, {9, 42, 20.5, 4}, {9, 50, 20.5, 4},
	{34.5, 34, 20.5, 4}, {34.5, 42, 20.5, 4}, {34.5, 50, 13, 4},
}

const (
	iconPaper = 0xfdfdfb
	iconGreen = 0x0a5940
)

// writeIcons writes the favicon and the touch icons to a directory.
func writeIcons(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "favicon.svg"), []byte(iconSVG()), 0o644); err != nil {
		return err
	}
	for name, size := range map[string]int{"icon-192.png": 192, "icon-512.png": 512, "apple-touch-icon.png": 180} {
		if err := writeIcon(filepath.Join(dir, name), size); err != nil {
			return err
		}
	}
	return nil
}

func iconSVG() string {
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">` + "\n")
	fmt.Fprintf(&b, "<style>.p{fill:#%06x}.m{fill:#%06x}@media(prefers-color-scheme:dark){.p{fill:#111516}.m{fill:#79c7a3}}</style>\n", iconPaper, iconGreen)
	b.WriteString(`<rect class="p" width="64" height="64" rx="9"/>` + "\n" + `<path class="m" d="`)
	for _, r := range iconBars {
		fmt.Fprintf(&b, "M%g %gh%gv%gh-%gz", r[0], r[1], r[2], r[3], r[2])
	}
	b.WriteString("\"/>\n</svg>\n")
	return b.String()
}

// writeIcon draws the mark on a full square of paper, with the margin that
// rounded masks need.
func writeIcon(file string, size int) error {
	c := NewCanvas(size*3/2, "icon")
	c.flat = true
	c.h = size
	c.w = size
	c.s = float64(size) / 64
	c.pix = make([]float32, 3*size*size)
	c.Fill(rect(-1, -1, 66, 66), hex(iconPaper), 1)
	for _, r := range iconBars {
		const k, m = .86, 32 * (1 - .86)
		c.Fill(rect(r[0]*k+m, r[1]*k+m, r[2]*k, r[3]*k), hex(iconGreen), 1)
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	if err := enc.Encode(f, c.Image(1)); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
