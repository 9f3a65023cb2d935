package main

import "math"

// ridge is land whose upper edge rolls around y by amp with wavelength wl.
func (c *Canvas) ridge(y, amp, wl float64, octaves int) Path {
	return c.slope(func(float64) float64 { return y }, amp, wl, octaves)
}

// slope is land whose upper edge follows f, with noise upon it.
func (c *Canvas) slope(f func(x float64) float64, amp, wl float64, octaves int) Path {
	c.seed++
	p := points(-20, sheetH+20)
	for x := -20.0; x <= sheetW+20; x += 3 {
		p = append(p, Pt{x, f(x) - amp*fbm(c.seed, x/wl, .37, octaves)})
	}
	return ring(append(p, Pt{sheetW + 20, sheetH + 20}))
}

// topOf finds the upper edge of a path at x, for setting things upon land.
func topOf(p Path, x float64) float64 {
	best := math.Inf(1)
	for _, r := range p {
		for i, a := range r {
			b := r[(i+1)%len(r)]
			if (a.X <= x) != (b.X <= x) {
				best = math.Min(best, a.Y+(b.Y-a.Y)*(x-a.X)/(b.X-a.X))
			}
		}
	}
	return best
}

// conifer is a fir with its foot at x and y.
func (c *Canvas) conifer(x, y, h float64) Path {
	p := poly(x-h*.02, y, x+h*.02, y, x, y-h)
	n := int(clamp(h/9, 5, 18))
	for i := range n {
		t := float64(i) / float64(n)
		w := h * (.03 + .19*(1-t)) * c.r(.8, 1.15)
		b := y - h*(.08+.86*t)
		p = p.and(poly(x-w, b+c.r(0, .03)*h, x-w*.4, b-h*.03, x, b-h*.16, x+w*.4, b-h*.03, x+w, b+c.r(0, .03)*h, x, b-h*.01))
	}
	return p
}

// crown is a heap of round clumps, the head of a broad-leaved tree.
func (c *Canvas) crown(x, y, rx, ry float64) Path {
	p := ellipse(x, y, rx*.72, ry*.72)
	for range 16 {
		a, d := c.r(0, 2*math.Pi), c.r(.5, .82)
		k := c.r(.2, .36)
		p = p.and(ellipse(x+rx*d*math.Cos(a), y+ry*d*math.Sin(a), rx*k, ry*k))
	}
	return p
}

// Tree draws a broad-leaved tree lit from the side that lx points to.
func (c *Canvas) Tree(x, y, h float64, dark, lit RGB, lx float64) {
	c.Fill(taper(h*.07, h*.035, points(x, y, x+h*.01, y-h*.3, x, y-h*.6)), dark.mul(.6), 1)
	r := h * .34
	crown := c.crown(x, y-h*.62, r, r*1.05)
	c.Fill(crown, dark, 1)
	c.In(crown, func() {
		for range 14 {
			c.Soft(circle(x+lx*r*.35+c.r(-.7, .7)*r, y-h*.74+c.r(-.6, .6)*r, r*c.r(.14, .3)), lit, .45, r*.06+1)
		}
	})
}

// Woods sets a close row of trees along the upper edge of a path.
func (c *Canvas) Woods(on Path, x0, x1, h, firs float64, col Paint) {
	var p Path
	for x := x0; x < x1; x += h * c.r(.12, .42) {
		y := topOf(on, x) + h*.1
		k := h * c.r(.55, 1.1)
		if c.r(0, 1) < firs {
			p = p.and(c.conifer(x, y, k*1.25))
		} else {
			p = p.and(c.crown(x, y-k*.45, k*.42, k*.5))
		}
	}
	c.Fill(p, col, 1)
}

// figure is a standing or walking person seen as a dark shape, h high with
// feet at y; where it stands decides how it is dressed and how it steps.
func figure(x, y, h float64) Path {
	k := hash(5, int(x*7), int(h*3))
	st, w, lean := h*.13*(2*k-1), h*(.105+.04*hash(6, int(x*5), 1)), h*.02*(k-.5)
	coat := h * (.34 + .2*hash(7, int(x*3), 2))
	p := ellipse(x+lean, y-h*.925, h*.058, h*.075).and(rect(x+lean-h*.028, y-h*.87, h*.056, h*.06))
	body := curve(points(x-w*.55, y-h*.85, x-w, y-h*.78, x-w*1.08, y-h*.6, x-w*.95, y-coat, x+w*.95, y-coat, x+w*1.05, y-h*.6, x+w, y-h*.78, x+w*.55, y-h*.85))
	p = p.and(ring(body), taper(h*.075, h*.05, points(x-w*.95, y-h*.76, x-w*1.25-st*.3, y-h*.58, x-w*1.1-st, y-h*.42)),
		taper(h*.075, h*.05, points(x+w*.95, y-h*.76, x+w*1.25+st*.2, y-h*.58, x+w*1.1+st*.8, y-h*.42)),
		taper(h*.1, h*.055, points(x-w*.4, y-h*.48, x-w*.4-st*.4, y-h*.25, x-w*.35-st, y)),
		taper(h*.1, h*.055, points(x+w*.4, y-h*.48, x+w*.4+st*.5, y-h*.25, x+w*.35+st, y)))
	if k > .6 {
		p = p.and(round(x+w*1.0+st*.8, y-h*.44, h*.13, h*.15, h*.02))
	}
	return p
}

// bust is a seated person seen from behind: head and shoulders of width w.
func bust(x, y, w float64) Path {
	p := sector(x, y, w*.5, w*.62, .5, 1)
	return ellipse(x, y-w*.78, w*.2, w*.25).and(ring(append(p, Pt{x + w*.5, y + w}, Pt{x - w*.5, y + w})),
		rect(x-w*.09, y-w*.65, w*.18, w*.2))
}

// Panes draws a grid of windows in a box; each is lit with the given chance.
func (c *Canvas) Panes(x, y, w, h float64, cols, rows int, fw, fh, chance float64, lit, dark RGB) {
	dx, dy := w/float64(cols), h/float64(rows)
	for j := range rows {
		for i := range cols {
			px, py := x+dx*(float64(i)+.5-fw/2), y+dy*(float64(j)+.5-fh/2)
			c.Fill(rect(px, py, dx*fw, dy*fh), dark, 1)
			if c.r(0, 1) < chance {
				k := c.r(.55, 1)
				c.Fill(rect(px, py, dx*fw, dy*fh), down(py, py+dy*fh, lit.mul(.85), lit), k)
			}
		}
	}
}

// Lamp draws a street lamp with light round its head.
func (c *Canvas) Lamp(x, y, h float64, post, light RGB, k float64) {
	c.Fill(taper(h*.035, h*.018, points(x, y, x, y-h*.93)), post, 1)
	c.Fill(poly(x-h*.05, y-h*.99, x+h*.05, y-h*.99, x+h*.032, y-h*.92, x-h*.032, y-h*.92), light, 1)
	c.Fill(poly(x-h*.06, y-h*.99, x+h*.06, y-h*.99, x, y-h*1.04), post, 1)
	c.Glow(x, y-h*.95, h*.9, light, k)
	c.Glow(x, y-h*.95, h*.2, light, k)
}

// Courses draws faint rows of stone or brick in a box, the joints staggered.
func (c *Canvas) Courses(x, y, w, h, row, brick float64, col RGB, a float64) {
	var p Path
	for v := y; v < y+h; v += row {
		p = p.and(rect(x, v, w, math.Max(.6, row*.07)))
		for u := x + brick*c.r(0, .9); u < x+w; u += brick * c.r(.7, 1.3) {
			p = p.and(rect(u, v, math.Max(.6, row*.07), math.Min(row, y+h-v)))
		}
	}
	c.Fill(p, col, a)
}

// Grass strokes blades over the sheet between y0 and y1, larger when nearer.
func (c *Canvas) Grass(y0, y1 float64, n int, size float64, dark, lit RGB, a float64) {
	for range n {
		t := math.Sqrt(c.rnd.Float64())
		x, y := c.r(0, sheetW), y0+(y1-y0)*t
		l := size * (.15 + .85*t) * c.r(.5, 1.2)
		c.Fill(taper(l*.1+.4, .3, points(x, y, x+l*c.r(-.1, .2), y-l*.6, x+l*c.r(-.2, .45), y-l)), dark.mix(lit, c.r(0, 1)), a)
	}
}

// Cam is a viewer that looks level into the sheet: a point X across, Y up and
// Z away lands on the sheet by central perspective.
type Cam struct {
	X, Y float64 // where the lines of depth meet
	F    float64 // focal length
	Eye  float64 // height of the eye over the ground
}

func (k Cam) at(x, y, z float64) Pt { return Pt{k.X + k.F*x/z, k.Y + k.F*(k.Eye-y)/z} }

// flat makes a polygon of points given as x, y and z.
func (k Cam) flat(xyz ...float64) Path {
	var p []Pt
	for i := 0; i+2 < len(xyz); i += 3 {
		p = append(p, k.at(xyz[i], xyz[i+1], xyz[i+2]))
	}
	return ring(p)
}

// floor is a patch of ground.
func (k Cam) floor(x0, z0, x1, z1, y float64) Path {
	return k.flat(x0, y, z0, x1, y, z0, x1, y, z1, x0, y, z1)
}

// front is an upright wall that faces the viewer.
func (k Cam) front(x0, y0, x1, y1, z float64) Path {
	return k.flat(x0, y0, z, x1, y0, z, x1, y1, z, x0, y1, z)
}

// side is an upright wall that runs away from the viewer.
func (k Cam) side(x, y0, z0, y1, z1 float64) Path {
	return k.flat(x, y0, z0, x, y1, z0, x, y1, z1, x, y0, z1)
}

// line is a beam of width w in depth, thinner when farther.
func (k Cam) line(w, x0, y0, z0, x1, y1, z1 float64) Path {
	return taper(w*k.F/z0, w*k.F/z1, []Pt{k.at(x0, y0, z0), k.at(x1, y1, z1)})
}

// quad maps u and v from 0 to 1 onto a four-sided face, corners in order
// upper left, upper right, lower right, lower left.
type quad [4]Pt

func (q quad) at(u, v float64) Pt {
	f := func(a, b, c, d float64) float64 { return (a*(1-u)+b*u)*(1-v) + (d*(1-u)+c*u)*v }
	return Pt{f(q[0].X, q[1].X, q[2].X, q[3].X), f(q[0].Y, q[1].Y, q[2].Y, q[3].Y)}
}

// box is the part of the face from u0 and v0 to u1 and v1.
func (q quad) box(u0, v0, u1, v1 float64) Path {
	return ring([]Pt{q.at(u0, v0), q.at(u1, v0), q.at(u1, v1), q.at(u0, v1)})
}

// Windows draws rows of windows on the face; each is lit with a given chance.
func (c *Canvas) Windows(q quad, cols, rows int, fw, fh, chance float64, lit, dark Paint) {
	for j := range rows {
		for i := range cols {
			u, v := (float64(i)+.5)/float64(cols), (float64(j)+.5)/float64(rows)
			du, dv := fw/2/float64(cols), fh/2/float64(rows)
			c.Fill(q.box(u-du, v-dv, u+du, v+dv), dark, 1)
			if c.r(0, 1) < chance {
				c.Fill(q.box(u-du, v-dv, u+du, v+dv), lit, c.r(.55, 1))
			}
		}
	}
}
