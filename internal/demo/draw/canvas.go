package main

import (
	"hash/fnv"
	"image"
	"math"
	"math/rand/v2"
)

// Every scene is composed on a sheet of this size; the canvas scales it.
const (
	sheetW = 1200.0
	sheetH = 800.0
)

// RGB is a colour with gamma-encoded components from 0 to 1.
type RGB struct{ R, G, B float64 }

// hex makes a colour of the usual six digits.
func hex(v uint32) RGB {
	return RGB{float64(v>>16&255) / 255, float64(v>>8&255) / 255, float64(v&255) / 255}
}

// mix goes from a (t = 0) to b (t = 1).
func (a RGB) mix(b RGB, t float64) RGB {
	t = clamp(t, 0, 1)
	return RGB{a.R + (b.R-a.R)*t, a.G + (b.G-a.G)*t, a.B + (b.B-a.B)*t}
}

// mul makes a colour darker (k < 1) or lighter.
func (a RGB) mul(k float64) RGB { return RGB{a.R * k, a.G * k, a.B * k} }

func (a RGB) at(_, _ float64) RGB { return a }

// Paint gives the colour of a place on the sheet.
type Paint interface{ at(x, y float64) RGB }

// PaintFunc is a function used as paint.
type PaintFunc func(x, y float64) RGB

func (f PaintFunc) at(x, y float64) RGB { return f(x, y) }

// ramp picks from evenly spaced colours.
func ramp(t float64, cols []RGB) RGB {
	t = clamp(t, 0, 1) * float64(len(cols)-1)
	i := min(int(t), len(cols)-2)
	return cols[i].mix(cols[i+1], t-float64(i))
}

// down is a gradient from y0 to y1.
func down(y0, y1 float64, cols ...RGB) Paint {
	return PaintFunc(func(_, y float64) RGB { return ramp((y-y0)/(y1-y0), cols) })
}

// across is a gradient from x0 to x1.
func across(x0, x1 float64, cols ...RGB) Paint {
	return PaintFunc(func(x, _ float64) RGB { return ramp((x-x0)/(x1-x0), cols) })
}

// radial is a gradient from a centre outward.
func radial(cx, cy, r float64, cols ...RGB) Paint {
	return PaintFunc(func(x, y float64) RGB { return ramp(math.Hypot(x-cx, y-cy)/r, cols) })
}

// mottle varies a paint by soft noise, as a brush would.
func mottle(p Paint, seed int, sx, sy, k float64) Paint {
	return PaintFunc(func(x, y float64) RGB { return p.at(x, y).mul(1 + k*fbm(seed, x/sx, y/sy, 3)) })
}

// Canvas is a sheet of float colours that scenes are drawn on.
type Canvas struct {
	w, h int
	s    float64 // pixels for one unit of the sheet
	pix  []float32
	clip []float32
	rnd  *rand.Rand
	seed int
	flat bool // no dithering
}

// NewCanvas makes a canvas of the given width in pixels, seeded by a name.
func NewCanvas(width int, name string) *Canvas {
	h := fnv.New64a()
	h.Write([]byte(name))
	n := h.Sum64()
	c := &Canvas{w: width, h: width * 2 / 3, s: float64(width) / sheetW, seed: int(n % 99991)}
	c.pix = make([]float32, 3*c.w*c.h)
	c.rnd = rand.New(rand.NewPCG(n, 1))
	return c
}

// r is a random number from a to b.
func (c *Canvas) r(a, b float64) float64 { return a + (b-a)*c.rnd.Float64() }

// mode says how paint meets what is below it.
type mode int

const (
	over mode = iota
	screen
	multiply
)

// put lays a colour on one pixel.
func (c *Canvas) put(px, py int, col RGB, a float64, m mode) {
	if c.clip != nil {
		a *= float64(c.clip[py*c.w+px])
	}
	if a < .001 {
		return
	}
	i := 3 * (py*c.w + px)
	for k, v := range [3]float64{col.R, col.G, col.B} {
		o := float64(c.pix[i+k])
		switch m {
		case over:
			o += (v - o) * a
		case screen:
			o = 1 - (1-o)*(1-v*a)
		case multiply:
			o *= 1 - a + a*v
		}
		c.pix[i+k] = float32(o)
	}
}

func (c *Canvas) lay(m mask, p Paint, a float64, md mode) {
	flat, isFlat := p.(RGB)
	for y := max(0, m.y0); y < min(c.h, m.y0+m.h); y++ {
		for x := max(0, m.x0); x < min(c.w, m.x0+m.w); x++ {
			v := float64(m.a[(y-m.y0)*m.w+x-m.x0]) * a
			if v < .002 {
				continue
			}
			col := flat
			if !isFlat {
				col = p.at((float64(x)+.5)/c.s, (float64(y)+.5)/c.s)
			}
			c.put(x, y, col, v, md)
		}
	}
}

// Fill paints a path with opacity a.
func (c *Canvas) Fill(p Path, with Paint, a float64) { c.lay(c.raster(p, 0), with, a, over) }

// Screen adds a path as light.
func (c *Canvas) Screen(p Path, with Paint, a float64) { c.lay(c.raster(p, 0), with, a, screen) }

// Soft paints a path with its edge blurred by radius r.
func (c *Canvas) Soft(p Path, with Paint, a, r float64) { c.soft(p, with, a, r, over) }

// Beam adds a path as light with a blurred edge.
func (c *Canvas) Beam(p Path, with Paint, a, r float64) { c.soft(p, with, a, r, screen) }

// Shade darkens under a path with a blurred edge.
func (c *Canvas) Shade(p Path, with Paint, a, r float64) { c.soft(p, with, a, r, multiply) }

func (c *Canvas) soft(p Path, with Paint, a, r float64, md mode) {
	n := max(1, int(r*c.s/1.7+.5))
	m := c.raster(p, 3*n+1)
	for range 3 {
		boxBlur(m.a, m.w, m.h, n)
	}
	c.lay(m, with, a, md)
}

// Line draws a line of width w through points.
func (c *Canvas) Line(with Paint, a, w float64, xy ...float64) {
	c.Fill(stroke(w, points(xy...)), with, a)
}

// In draws only inside a path.
func (c *Canvas) In(p Path, draw func()) {
	old := c.clip
	m := c.raster(p, 0)
	n := make([]float32, c.w*c.h)
	for y := range m.h {
		if m.y0+y < 0 || m.y0+y >= c.h {
			continue
		}
		for x := range m.w {
			if m.x0+x < 0 || m.x0+x >= c.w {
				continue
			}
			i := (m.y0+y)*c.w + m.x0 + x
			n[i] = m.a[y*m.w+x]
			if old != nil {
				n[i] *= old[i]
			}
		}
	}
	c.clip = n
	draw()
	c.clip = old
}

// boxBlur averages each value with its n neighbours on every side.
func boxBlur(a []float32, w, h, n int) {
	line := make([]float32, max(w, h))
	pass := func(start, step, count int) {
		var sum float32
		for i := range count {
			line[i] = a[start+i*step]
		}
		get := func(i int) float32 { return line[min(max(i, 0), count-1)] }
		for i := -n; i <= n; i++ {
			sum += get(i)
		}
		k := 1 / float32(2*n+1)
		for i := range count {
			a[start+i*step] = sum * k
			sum += get(i+n+1) - get(i-n)
		}
	}
	for y := range h {
		pass(y*w, 1, w)
	}
	for x := range w {
		pass(x, w, h)
	}
}

// Image turns the canvas into bytes, averaging areas of n by n pixels in
// linear light and dithering by less than one step against banding.
func (c *Canvas) Image(n int) *image.RGBA {
	w, h := c.w/n, c.h/n
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	rnd := rand.New(rand.NewPCG(uint64(c.seed), 7))
	for y := range h {
		for x := range w {
			d := rnd.Float64() + rnd.Float64() - 1
			o := img.PixOffset(x, y)
			for k := range 3 {
				var sum float64
				for j := range n {
					for i := range n {
						v := float64(c.pix[3*((y*n+j)*c.w+x*n+i)+k])
						sum += math.Pow(clamp(v, 0, 1), 2.2)
					}
				}
				v := math.Pow(sum/float64(n*n), 1/2.2)
				if v < .98 && !c.flat {
					v += d * .6 / 255
				}
				img.Pix[o+k] = uint8(clamp(v*255+.5, 0, 255))
			}
			img.Pix[o+3] = 255
		}
	}
	return img
}
