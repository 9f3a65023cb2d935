package main

import "math"

// orchard is rows of fruit trees in blossom that lead to a low sun.
func orchard(c *Canvas) {
	k := Cam{X: 540, Y: 330, F: 640, Eye: 3.4}
	c.Sky(340, hex(0x9cc3d3), hex(0xd3e2dc), hex(0xfbeed2))
	c.Clouds(-60, 300, 320, 80, .45, hex(0xffffff), hex(0xc3d0d4), .9, 200, -100)
	c.Fill(c.ridge(318, 34, 300, 3), hex(0xa9c0b4), 1)
	c.Fill(c.ridge(334, 10, 200, 3), hex(0x8fb092), 1)
	c.Fill(rect(-5, 334, 1210, 480), down(334, 800, hex(0xc9d68c), hex(0x86b25a), hex(0x4b8446)), 1)
	for i := -9; i < 9; i++ {
		x := (float64(i) + .5) * 5
		c.Fill(k.flat(x-1.1, 0, 3.2, x+1.1, 0, 3.2, x+1.1, 0, 120, x-1.1, 0, 120), hex(0x3f763f), .3)
		c.Fill(k.flat(x+1.9, 0, 3.2, x+3.1, 0, 3.2, x+3.1, 0, 120, x+1.9, 0, 120), hex(0xe0e39c), .3)
	}
	for z := 74.0; z > 6.4; z *= .9 {
		fog := smooth(10, 90, z) * .62
		for i := -9; i < 9; i++ {
			x := (float64(i)+.5)*5 + c.r(-.3, .3)
			p := k.at(x, 0, z)
			if p.X < -200 || p.X > 1400 {
				continue
			}
			h := k.F * c.r(3.7, 4.3) / z
			haze := hex(0xf7ecd4)
			c.Soft(ellipse(p.X+h*.3, p.Y+h*.02, h*.46, h*.07), hex(0x2f6238).mix(haze, fog), .6, h*.04+1)
			for _, d := range []float64{-.16, .05, .18} {
				c.Fill(taper(h*.06, h*.03, points(p.X, p.Y, p.X+d*h*.4, p.Y-h*.3, p.X+d*h*1.3, p.Y-h*.55)), hex(0x5b4a42).mix(haze, fog), 1)
			}
			pink, white := hex(0xe3a3ab).mix(haze, fog), hex(0xfff4ee).mix(haze, fog*.6)
			crown := c.crown(p.X, p.Y-h*.64, h*.42, h*.33)
			c.Fill(crown, down(p.Y-h, p.Y-h*.3, pink.mix(white, .4), pink, pink.mul(.78).mix(hex(0x7a9a5a), .25)), 1)
			n := 9
			if z < 24 {
				n = 46
			}
			for range n {
				a, d := c.r(0, 6.28), math.Sqrt(c.r(0, 1))
				c.Fill(circle(p.X+math.Cos(a)*d*h*.42-h*.03, p.Y-h*.68+math.Sin(a)*d*h*.31, h*c.r(.02, .055)), white, c.r(.5, .9))
			}
		}
		c.Mist(300, 380, hex(0xfdf0d8), .03)
	}
	c.Glow(180, 120, 620, hex(0xfff3cf), .5)
	for range 240 {
		t := math.Sqrt(c.rnd.Float64())
		c.Fill(ellipse(c.r(0, 1200), 470+340*t, 1+2.6*t, .7+1.5*t), hex(0xfff1ee), .85)
	}
	c.Vignette(.18)
}

// allotments are plots, sheds and rows of greens looked down upon.
func allotments(c *Canvas) {
	c.Fill(rect(-5, -5, 1210, 810), down(0, 800, hex(0xb3b276), hex(0x9aa560)), 1)
	iso := func(x, y, z float64) Pt { return Pt{600 + (x-y)*1.16, 30 + (x+y)*.62 - z*1.3} }
	flat := func(v ...float64) Path {
		var p []Pt
		for i := 0; i+2 < len(v); i += 3 {
			p = append(p, iso(v[i], v[i+1], v[i+2]))
		}
		return ring(p)
	}
	tile := func(x, y, w, d, z float64) Path {
		return flat(x, y, z, x+w, y, z, x+w, y+d, z, x, y+d, z)
	}
	greens := []RGB{hex(0x4f8a45), hex(0x76a64c), hex(0x2f6b4a), hex(0x9ab54f), hex(0x6f8f6a)}
	const step = 190.0
	for s := -8; s <= 16; s++ {
		for i := -8; i <= 16; i++ {
			j := s - i
			x, y := float64(i)*step, float64(j)*step
			o := iso(x+80, y+80, 0)
			if o.X < -230 || o.X > 1430 || o.Y < -170 || o.Y > 980 {
				continue
			}
			c.Soft(tile(x-4, y-4, 170, 170, -5), hex(0x6f7a3f), .5, 4)
			soil := hex(0x7b5840).mul(c.r(.85, 1.15))
			c.Fill(tile(x, y, 160, 160, 0), soil, 1)
			kind := c.rnd.IntN(4)
			if (((i*2+j*3)%7)+7)%7 == 0 {
				kind = 4
			}
			switch kind {
			case 0: // cabbages
				for a := range 6 {
					for b := range 6 {
						p := iso(x+16+26*float64(a), y+16+26*float64(b), 0)
						g := greens[(i+12)%3]
						c.Fill(ellipse(p.X+4, p.Y+5, 12, 6), soil.mul(.55), .8)
						c.Fill(circle(p.X, p.Y-2, 10), g, 1)
						c.Fill(circle(p.X-2, p.Y-4, 5), g.mix(hex(0xe6efb4), .5), 1)
					}
				}
			case 1: // beans on poles
				for a := range 5 {
					for b := range 9 {
						p, q := iso(x+24+28*float64(a), y+12+17*float64(b), 0), iso(x+24+28*float64(a), y+12+17*float64(b), 46)
						c.Line(hex(0xc9a878), 1, 2, p.X, p.Y, q.X, q.Y)
						c.Fill(ellipse(p.X, (p.Y+q.Y)/2, 7, 19), greens[2].mix(greens[1], c.r(0, 1)), .95)
						if c.r(0, 1) < .4 {
							c.Fill(circle(p.X+c.r(-5, 5), p.Y-c.r(10, 40), 2.4), hex(0xd9483a), 1)
						}
					}
				}
			case 2, 3: // long rows
				g := greens[c.rnd.IntN(5)]
				for a := range 8 {
					u := x + 8 + 19*float64(a)
					c.Fill(tile(u+4, y+6, 11, 148, 0), soil.mul(.6), .7)
					for b := range 14 {
						p := iso(u+6, y+12+10.5*float64(b), 2)
						c.Fill(ellipse(p.X, p.Y, 8, 6), g.mix(hex(0xdbe59a), c.r(0, .4)), 1)
					}
				}
			case 4: // grass and a shed
				c.Fill(tile(x, y, 160, 160, 0), hex(0x8fb257), 1)
				col := []RGB{hex(0x2f6d66), hex(0xb4483a), hex(0xd9a441), hex(0x4b6f97), hex(0xd8d0b8)}[((i*2+j)%5+5)%5]
				a, b := x+36, y+36
				c.Soft(tile(a+20, b+40, 110, 90, 0), hex(0x3f5a2f), .6, 7)
				c.Fill(flat(a, b+80, 0, a+90, b+80, 0, a+90, b+80, 62, a, b+80, 62), col, 1)
				c.Fill(flat(a+90, b, 0, a+90, b+80, 0, a+90, b+80, 62, a+90, b+40, 92, a+90, b, 62), col.mul(.72), 1)
				for n := range 9 {
					u := a + 10*float64(n)
					c.Fill(flat(u, b+80, 0, u+1.5, b+80, 0, u+1.5, b+80, 62, u, b+80, 62), col.mul(.6), .6)
				}
				c.Fill(flat(a+14, b+80, 0, a+42, b+80, 0, a+42, b+80, 50, a+14, b+80, 50), col.mul(.5), 1)
				c.Fill(flat(a+54, b+80, 26, a+78, b+80, 26, a+78, b+80, 48, a+54, b+80, 48), hex(0xdcebe6), 1)
				c.Fill(flat(a-8, b+88, 58, a+98, b+88, 58, a+98, b+40, 94, a-8, b+40, 94), hex(0x4a4a4c), 1)
				c.Fill(flat(a-8, b-8, 58, a+98, b-8, 58, a+98, b+40, 94, a-8, b+40, 94), hex(0x77756f), 1)
				w := iso(x+140, y+30, 0)
				c.Fill(ellipse(w.X, w.Y, 13, 7).and(rect(w.X-13, w.Y-26, 26, 26)), hex(0x2d4f58), 1)
				c.Fill(ellipse(w.X, w.Y-26, 13, 7), hex(0x9fc3c4), 1)
			}
		}
	}
	for range 9 {
		x, y := c.r(0, 1200), c.r(60, 800)
		c.Soft(ellipse(x+16, y+4, 26, 10), hex(0x4a5a34), .6, 6)
		c.Fill(c.crown(x, y-26, 28, 28), hex(0x3f6f3f), 1)
		c.Fill(c.crown(x-5, y-34, 18, 17), hex(0x6c9c4c), 1)
	}
	c.Tint(0, 800, hex(0xffe6b0), .16, 0)
	c.Shade(ellipse(1040, 760, 420, 160), hex(0x9aa7b0), .5, 70)
	c.Vignette(.22)
}

// windTurbines stand along a ridge in the last of the sun.
func windTurbines(c *Canvas) {
	c.Sky(700, hex(0x48688a), hex(0x8aa3b3), hex(0xe3c9a6), hex(0xf6c07c))
	c.Glow(180, 540, 620, hex(0xffdc9a), .8)
	c.Clouds(-80, 560, 460, 80, .45, hex(0xffe0b4), hex(0x6d7f96), .85, 180, 540)
	for i, col := range []uint32{0xb7a78f, 0x8f8f80} {
		f := float64(i)
		p := c.ridge(560+40*f, 40, 340, 4)
		c.Fill(p, down(520, 700, hex(col), hex(col).mix(hex(0xf6cf98), .5)), 1)
	}
	slope := func(x float64) float64 { return 690 - 230*smooth(-100, 1300, x) + 16*math.Sin(x/150) }
	ridge := c.slope(slope, 6, 200, 3)
	turbine := func(x, y, h, a float64, col RGB) {
		hy := y - h
		c.Fill(taper(h*.045, h*.022, points(x, y, x, hy)), across(x-h*.02, x+h*.02, hex(0xfff6e4).mix(col, .1), col), 1)
		for i := range 3 {
			t := a + float64(i)*2*math.Pi/3
			l := h * .62
			blade := poly(x-h*.012, hy, x-h*.026, hy-l*.16, x-h*.008, hy-l, x+h*.008, hy-l*.5, x+h*.012, hy)
			c.Fill(blade.turn(x, hy, t), col.mix(hex(0xfffaf0), .4), 1)
		}
		c.Fill(round(x-h*.02, hy-h*.022, h*.075, h*.044, h*.02), col, 1)
		c.Fill(circle(x, hy, h*.022), hex(0xfffaf0), 1)
	}
	for _, t := range [][4]float64{{1150, 130, .2, 0}, {1070, 150, .9, 0}, {975, 180, .5, 0}, {850, 230, 1.4, 0}} {
		turbine(t[0], slope(t[0])+4, t[1], t[2], hex(0xcfc8bd))
	}
	turbine(660, slope(660)+4, 320, .25, hex(0xc6c3bf))
	c.Fill(ridge, mottle(down(440, 800, hex(0xa8a05c), hex(0x66733f), hex(0x2f4230)), 3, 140, 24, .16), 1)
	c.Fill(stroke(7, curve(points(1210, 520, 900, 600, 640, 650, 470, 730, 430, 830))), hex(0xd9c49a), .8)
	turbine(330, 730, 560, .72, hex(0xbfc3c6))
	for _, x := range []float64{720, 760, 800, 1010} {
		c.ewe(x, slope(x)+60, 13, hex(0xf0e2c4), 1)
	}
	c.Grass(650, 840, 700, 34, hex(0x263828), hex(0xb0a460), .7)
	c.Vignette(.25)
}
