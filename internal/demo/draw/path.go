package main

import "math"

// Pt is a point on the sheet.
type Pt struct{ X, Y float64 }

// Path is a set of closed rings. Rings made by the constructors turn the same
// way, so that overlapping rings join; cut turns them to make holes.
type Path [][]Pt

func points(xy ...float64) []Pt {
	p := make([]Pt, 0, len(xy)/2)
	for i := 0; i+1 < len(xy); i += 2 {
		p = append(p, Pt{xy[i], xy[i+1]})
	}
	return p
}

// ring makes a path of one ring, turned the common way.
func ring(p []Pt) Path {
	var area float64
	for i, a := range p {
		b := p[(i+1)%len(p)]
		area += a.X*b.Y - b.X*a.Y
	}
	if area < 0 {
		for i, j := 0, len(p)-1; i < j; i, j = i+1, j-1 {
			p[i], p[j] = p[j], p[i]
		}
	}
	return Path{p}
}

// poly makes a polygon of x and y pairs.
func poly(xy ...float64) Path { return ring(points(xy...)) }

// rect makes a rectangle of its upper left corner and size.
func rect(x, y, w, h float64) Path { return poly(x, y, x+w, y, x+w, y+h, x, y+h) }

// sector makes part of an ellipse between two angles, in turns of 2π from the right.
func sector(cx, cy, rx, ry, a0, a1 float64) []Pt {
	n := int(clamp(math.Max(rx, ry)*math.Abs(a1-a0)*2, 8, 160))
	p := make([]Pt, n+1)
	for i := range p {
		t := 2 * math.Pi * (a0 + (a1-a0)*float64(i)/float64(n))
		p[i] = Pt{cx + rx*math.Cos(t), cy + ry*math.Sin(t)}
	}
	return p
}

func ellipse(cx, cy, rx, ry float64) Path { return ring(sector(cx, cy, rx, ry, 0, 1)[1:]) }

func circle(cx, cy, r float64) Path { return ellipse(cx, cy, r, r) }

// arch makes an opening with a half-round head: x is its middle, y its foot,
// h the height up to the spring of the arch and rise the height of the head.
func arch(x, y, w, h, rise float64) Path {
	p := append(points(x-w/2, y), sector(x, y-h, w/2, rise, .5, 1)...)
	return ring(append(p, Pt{x + w/2, y}))
}

// round makes a rectangle with round corners.
func round(x, y, w, h, r float64) Path {
	p := sector(x+r, y+r, r, r, .5, .75)
	p = append(p, sector(x+w-r, y+r, r, r, .75, 1)...)
	p = append(p, sector(x+w-r, y+h-r, r, r, 0, .25)...)
	return ring(append(p, sector(x+r, y+h-r, r, r, .25, .5)...))
}

// cut removes a path from another that contains it.
func (p Path) cut(q Path) Path {
	out := append(Path{}, p...)
	for _, r := range q {
		n := make([]Pt, len(r))
		for i := range r {
			n[len(r)-1-i] = r[i]
		}
		out = append(out, n)
	}
	return out
}

// and joins paths.
func (p Path) and(q ...Path) Path {
	for _, r := range q {
		p = append(p, r...)
	}
	return p
}

// shift moves a path.
func (p Path) shift(dx, dy float64) Path {
	out := make(Path, len(p))
	for i, r := range p {
		for _, q := range r {
			out[i] = append(out[i], Pt{q.X + dx, q.Y + dy})
		}
	}
	return out
}

// turn rotates a path about a point by an angle in radians.
func (p Path) turn(cx, cy, a float64) Path {
	s, k := math.Sincos(a)
	out := make(Path, len(p))
	for i, r := range p {
		for _, q := range r {
			x, y := q.X-cx, q.Y-cy
			out[i] = append(out[i], Pt{cx + x*k - y*s, cy + x*s + y*k})
		}
	}
	return out
}

// curve smooths a way through points.
func curve(p []Pt) []Pt {
	var out []Pt
	get := func(i int) Pt { return p[min(max(i, 0), len(p)-1)] }
	for i := 0; i+1 < len(p); i++ {
		a, b, c, d := get(i-1), get(i), get(i+1), get(i+2)
		for k := range 16 {
			t := float64(k) / 16
			f := func(a, b, c, d float64) float64 {
				return b + t*(c-a)/2 + t*t*(a-2.5*b+2*c-d/2) + t*t*t*(1.5*(b-c)+(d-a)/2)
			}
			out = append(out, Pt{f(a.X, b.X, c.X, d.X), f(a.Y, b.Y, c.Y, d.Y)})
		}
	}
	return append(out, p[len(p)-1])
}

// stroke makes the outline of a line of width w.
func stroke(w float64, p []Pt) Path { return taper(w, w, p) }

// taper makes a line whose width goes from w0 to w1.
func taper(w0, w1 float64, p []Pt) Path {
	var out Path
	n := float64(len(p) - 1)
	for i := 0; i+1 < len(p); i++ {
		a, b := p[i], p[i+1]
		l := math.Hypot(b.X-a.X, b.Y-a.Y)
		if l == 0 {
			continue
		}
		u := (w0 + (w1-w0)*float64(i)/n) / 2
		v := (w0 + (w1-w0)*float64(i+1)/n) / 2
		nx, ny := (b.Y-a.Y)/l, (a.X-b.X)/l
		out = append(out, poly(a.X+nx*u, a.Y+ny*u, b.X+nx*v, b.Y+ny*v, b.X-nx*v, b.Y-ny*v, a.X-nx*u, a.Y-ny*u)...)
		if i > 0 && u > .8 {
			out = append(out, ellipse(a.X, a.Y, u, u)...)
		}
	}
	return out
}

// mask is the coverage of pixels in a box.
type mask struct {
	x0, y0, w, h int
	a            []float32
}

// raster finds how much of each pixel a path covers, exactly, in the path's
// box widened by pad pixels.
func (c *Canvas) raster(p Path, pad int) mask {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, r := range p {
		for _, q := range r {
			x0, x1 = math.Min(x0, q.X*c.s), math.Max(x1, q.X*c.s)
			y0, y1 = math.Min(y0, q.Y*c.s), math.Max(y1, q.Y*c.s)
		}
	}
	fp := float64(pad)
	x0, y0 = math.Max(math.Floor(x0)-fp, -fp), math.Max(math.Floor(y0)-fp, -fp)
	x1 = math.Min(math.Ceil(x1)+fp, float64(c.w)+fp)
	y1 = math.Min(math.Ceil(y1)+fp, float64(c.h)+fp)
	if !(x1 > x0 && y1 > y0) {
		return mask{}
	}
	m := mask{x0: int(x0), y0: int(y0), w: int(x1 - x0), h: int(y1 - y0)}
	acc := make([]float64, (m.w+2)*m.h)
	for _, r := range p {
		for i, a := range r {
			b := r[(i+1)%len(r)]
			edge(acc, m.w, m.h, a.X*c.s-x0, a.Y*c.s-y0, b.X*c.s-x0, b.Y*c.s-y0)
		}
	}
	m.a = make([]float32, m.w*m.h)
	for y := range m.h {
		var sum float64
		for x := range m.w {
			sum += acc[y*(m.w+2)+x]
			m.a[y*m.w+x] = float32(math.Min(math.Abs(sum), 1))
		}
	}
	return m
}

// edge adds the signed area to the right of one edge to acc.
func edge(acc []float64, w, h int, ax, ay, bx, by float64) {
	if ay == by {
		return
	}
	dir := 1.0
	if ay > by {
		ax, ay, bx, by, dir = bx, by, ax, ay, -1
	}
	slope := (bx - ax) / (by - ay)
	top, end := math.Max(ay, 0), math.Min(by, float64(h))
	for y := int(top); y < h && float64(y) < end; y++ {
		ya, yb := math.Max(top, float64(y)), math.Min(end, float64(y+1))
		d := (yb - ya) * dir
		u, v := ax+(ya-ay)*slope, ax+(yb-ay)*slope
		if u > v {
			u, v = v, u
		}
		u, v = clamp(u, 0, float64(w)), clamp(v, 0, float64(w))
		row := acc[y*(w+2) : (y+1)*(w+2)]
		i, j := int(u), int(v)
		if i == j {
			f := (u+v)/2 - float64(i)
			row[i] += d * (1 - f)
			row[i+1] += d * f
			continue
		}
		// The edge crosses several columns: spread d by the part in each.
		k := d / (v - u)
		for x := i; x <= j; x++ {
			a, b := math.Max(u, float64(x)), math.Min(v, float64(x+1))
			f := (a+b)/2 - float64(x)
			row[x] += k * (b - a) * (1 - f)
			row[x+1] += k * (b - a) * f
		}
	}
}
