package main

import "math"

// riverDusk is a wide river after sunset, with a rower and reeds.
func riverDusk(c *Canvas) {
	const y = 412.0
	c.Sky(y, hex(0x3c3f63), hex(0x6d5a7c), hex(0xb87a80), hex(0xeaa37e), hex(0xf9cf96))
	c.Glow(360, 395, 420, hex(0xffd9a0), .7)
	c.Clouds(-40, 330, 520, 70, .45, hex(0xf3a58c), hex(0x5d4f72), .8, 360, 420)
	c.Clouds(200, 420, 420, 26, .3, hex(0xffdcae), hex(0x9a6a78), .6, 360, 420)
	c.Fill(c.ridge(y-26, 34, 420, 3), down(340, y, hex(0x8a6a80), hex(0xd0918a)), 1)
	far := c.ridge(y-10, 10, 260, 3)
	c.Woods(far, 560, 1220, 34, 0, hex(0x6a5068))
	c.Fill(far, hex(0x6a5068), 1)
	c.Fill(rect(676, 330, 20, 80).and(poly(673, 332, 686, 278, 699, 332), rect(720, 372, 60, 40), poly(715, 374, 750, 352, 785, 374)), hex(0x5c465f), 1)
	bank := c.slope(func(x float64) float64 { return y - 6 + 30*smooth(400, 0, x)*-1 }, 6, 120, 3)
	c.Woods(bank, -10, 300, 84, .2, hex(0x3d3350))
	c.Fill(bank, hex(0x3d3350), 1)
	c.Reflect(y, 800, 4.4, hex(0x3a3a5c), .62)
	c.Glints(y+20, 760, 46, hex(0xffc79b), .2)
	c.GlowE(360, 470, 150, 70, hex(0xffcf9a), .35)
	c.Fill(curvedHull(742, 560, 150), hex(0x1e1d33), 1)
	c.Fill(bust(742, 549, 30), hex(0x1e1d33), 1)
	c.Line(hex(0x1e1d33), 1, 3, 742, 545, 660, 570)
	c.Line(hex(0x1e1d33), 1, 3, 742, 545, 826, 570)
	for i := range 5 {
		f := float64(i)
		c.Line(hex(0xffd2b0), .32-.05*f, 2, 832+f*40, 566+f*4, 900+f*60, 568+f*5)
		c.Line(hex(0x24233f), .3-.04*f, 3, 832+f*40, 572+f*6, 910+f*60, 577+f*8)
	}
	for range 150 {
		x := c.r(-20, 330) * c.r(.3, 1)
		h := c.r(90, 300) * (1 - x/420)
		top := x + c.r(-10, 60)
		c.Fill(taper(4, 1, curve(points(x, 815, x+6, 800-h*.5, top, 800-h))), hex(0x1b1b30).mix(hex(0x4a3c55), c.r(0, .5)), 1)
		if c.r(0, 1) < .25 {
			c.Fill(ellipse(top, 800-h, 4.5, 17), hex(0x241d2c), 1)
		}
	}
	c.Vignette(.3)
}

// curvedHull is a small open boat seen from the side.
func curvedHull(x, y, w float64) Path {
	return ring(curve(points(x-w/2, y-w*.08, x-w*.3, y, x+w*.3, y, x+w/2, y-w*.08, x+w*.3, y+w*.06, x-w*.3, y+w*.06, x-w/2, y-w*.08)))
}

// weir is water falling over a weir on a bright green morning.
func weir(c *Canvas) {
	c.Sky(300, hex(0xbcd3cf), hex(0xdfe7d3), hex(0xf3efd2))
	c.Glow(900, 90, 420, hex(0xfff6cf), .6)
	for i, col := range []uint32{0x9fb9a4, 0x7a9f86, 0x4f7d66} {
		f := float64(i)
		p := c.slope(func(x float64) float64 { return 246 + 12*f - (80-18*f)*math.Pow((x-640)/640, 2) }, 14, 200, 3)
		c.Woods(p, -20, 1220, 62+24*f, .25, hex(col))
		c.Fill(p, hex(col), 1)
		c.Mist(180, 300, hex(0xf1efd6), .35)
	}
	c.Reflect(296, 372, 2.2, hex(0x5b8a83), .45)
	// The sill runs aslant; water bends over it and falls in threads.
	lip := func(x float64) float64 { return 384 - 34*x/1200 + 3*math.Sin(x/70) }
	foot := func(x float64) float64 { return 566 + 26*x/1200 }
	band := func(f, g func(float64) float64) Path {
		var p []Pt
		for x := -10.0; x <= 1210; x += 10 {
			p = append(p, Pt{x, f(x)})
		}
		for x := 1210.0; x >= -10; x -= 10 {
			p = append(p, Pt{x, g(x)})
		}
		return ring(p)
	}
	low := func(float64) float64 { return 820 }
	c.Fill(band(lip, low), down(360, 800, hex(0x5f958c), hex(0x3f7d79), hex(0x2c6468), hex(0x24545c)), 1)
	c.Fill(band(lip, func(x float64) float64 { return lip(x) + 14 }), hex(0xd5e6d6), .8)
	for range 520 {
		x := c.r(-10, 1210)
		a, b := lip(x)+c.r(4, 40), foot(x)-c.r(-10, 90)
		c.Line(hex(0xf4f8ea), c.r(.06, .4), c.r(1, 6), x, a, x+4, (a+b)/2, x+12, b)
	}
	for range 40 {
		x := c.r(0, 1200)
		c.Line(hex(0x1f565c), c.r(.1, .35), c.r(3, 10), x, lip(x)+12, x+10, foot(x))
	}
	for i := range 260 {
		x := c.r(-20, 1220)
		y := foot(x) + c.r(-26, 20) + 90*math.Pow(c.rnd.Float64(), 3)
		c.Soft(ellipse(x, y, c.r(14, 60), c.r(4, 14)), hex(0xf6faf0), c.r(.1, .4), 3+float64(i%5))
	}
	c.Mist(500, 660, hex(0xf4f8ee), .5)
	for range 120 {
		t := c.r(0, 1)
		x, y := c.r(-60, 1200), 640+160*t
		c.Fill(stroke(1.5+2.5*t, curve(points(x, y, x+30+40*t, y+5+4*t, x+70+90*t, y-2, x+110+150*t, y+6))), hex(0xd9ece2), c.r(.08, .35))
	}
	for _, r := range [][3]float64{{130, 706, 120}, {250, 756, 90}, {1070, 690, 130}, {930, 770, 80}, {30, 780, 110}} {
		x, y, w := r[0], r[1], r[2]
		rock := ring(curve(points(x-w, y+10, x-w*.7, y-w*.3, x-w*.1, y-w*.44, x+w*.5, y-w*.28, x+w, y+10, x, y+w*.16, x-w, y+10)))
		c.Soft(ellipse(x, y+12, w*1.15, w*.14), hex(0xf2f7ea), .7, 4)
		c.Fill(rock, down(y-w*.44, y+w*.2, hex(0x6d7a6b), hex(0x3a4a48), hex(0x22383a)), 1)
	}
	c.Vignette(.2)
}

// reservoir is still water between hills under a silver sky, with a valve tower.
func reservoir(c *Canvas) {
	const y = 378.0
	c.Sky(y, hex(0x8fa6ad), hex(0xb9c7c6), hex(0xe3e2d3), hex(0xf2ead2))
	c.Clouds(-80, 360, 480, 90, .72, hex(0xeeeee4), hex(0x7f949c), .75, 800, 0)
	for i, col := range []uint32{0xa6b6b4, 0x849a97, 0x5f7c78} {
		f := float64(i)
		p := c.slope(func(x float64) float64 {
			return y + 6 - (170-40*f)*math.Pow(math.Sin((x+[]float64{90, 700, 330}[i])/[]float64{330, 420, 300}[i]), 2)*(1-.25*f)
		}, 20, 260, 4)
		c.Fill(p, down(190, y, hex(col), hex(col).mix(hex(0xdfe2d4), .35)), 1)
		if i == 2 {
			c.Woods(p, 950, 1210, 30, 1, hex(0x466762))
			c.Woods(p, -10, 190, 26, 1, hex(0x4b6b66))
		}
	}
	c.Mist(320, 410, hex(0xf0eee0), .6)
	c.Reflect(y, 800, .9, hex(0x466a72), .55)
	c.Fill(rect(0, y-1, sheetW, 2.5), hex(0xf3efdf), .6)
	c.Mist(y-26, y+40, hex(0xf0eee0), .3)
	// Tower, footbridge and what the water makes of them.
	st := hex(0x37484b)
	for _, m := range []float64{1, -1} {
		h := func(v float64) float64 { return 520 - m*v }
		a := .32 + .34*(m+1)
		c.Fill(rect(796, math.Min(h(0), h(190)), 78, 190), across(796, 874, st.mul(1.5), st, st.mul(.8)), a)
		c.Fill(poly(784, h(190), 835, h(262), 886, h(190)), st.mul(.7), a)
		c.Fill(rect(788, h(190)-5, 94, 10), st.mul(.75), a)
		for i := range 2 {
			c.Fill(rect(822, math.Min(h(160-70*float64(i)), h(124-70*float64(i))), 24, 36), hex(0xd9d6bd), a*.85)
		}
		c.Fill(poly(874, h(96), 1210, h(136), 1210, h(124), 874, h(86)), st, a)
		for i := range 12 {
			x := 884 + 29*float64(i)
			b := 96 + 40*(x-874)/336
			c.Line(st, a, 2, x, h(b), x, h(b+24))
			if i%4 == 3 {
				c.Line(st, a, 7, x, h(0), x, h(b))
			}
		}
		c.Line(st, a, 2.5, 874, h(120), 1210, h(160))
	}
	shore := c.slope(func(x float64) float64 { return 770 - 190*smooth(430, -60, x) }, 10, 90, 4)
	c.Fill(shore, down(560, 800, hex(0x6f7763), hex(0x333f3a)), 1)
	c.Fill(shore.shift(0, 10), hex(0x3b4840), .6)
	for _, p := range [][2]float64{{120, 210}, {214, 130}} {
		yy := topOf(shore, p[0]) + 6
		c.Fill(c.conifer(p[0], yy, p[1]), hex(0x26383a), 1)
	}
	c.Vignette(.25)
}

// dam is a curved wall of concrete with water falling from its spillway.
func dam(c *Canvas) {
	c.Sky(300, hex(0x6f9fb5), hex(0xa8c6cd), hex(0xe8e3cd))
	c.Clouds(-60, 250, 300, 90, .4, hex(0xffffff), hex(0xa9bcc4), .8, 200, -100)
	for _, col := range []uint32{0x8ba6a6, 0x66877f} {
		c.Fill(c.slope(func(x float64) float64 { return 236 - 70*math.Abs(x-560)/600 }, 30, 240, 4), hex(col), 1)
	}
	c.Fill(rect(0, 262, sheetW, 60), down(262, 310, hex(0xbcd5d5), hex(0x5f98a3)), 1)
	// Rows of the wall are arcs that lie lower and tighter toward the foot.
	top, foot := 286.0, 690.0
	arc := func(t, u float64) Pt {
		half := 560 - 330*t
		return Pt{610 + half*u, top + (foot-top)*t + (66-30*t)*(1-u*u)*(1-t*.2)}
	}
	strip := func(t0, t1, u0, u1 float64) Path {
		var p []Pt
		for i := range 41 {
			p = append(p, arc(t0, u0+(u1-u0)*float64(i)/40))
		}
		for i := range 41 {
			p = append(p, arc(t1, u1+(u0-u1)*float64(i)/40))
		}
		return ring(p)
	}
	wall := PaintFunc(func(x, y float64) RGB {
		return ramp((x-100)/1000, []RGB{hex(0xefe0bf), hex(0xdac7a4), hex(0xb3a48d), hex(0x8a8578), hex(0x716f69)}).mul(1.05 - .25*(y-top)/400)
	})
	c.Fill(strip(0, 1, -1, 1), mottle(wall, 3, 26, 170, .12), 1)
	for i := 1; i < 13; i++ {
		t := float64(i) / 13
		c.Fill(strip(t, t+.004, -1, 1), hex(0x55534d), .45)
	}
	for i := range 25 {
		u := float64(i)/12 - 1
		c.Fill(strip(0, 1, u, u+.0035), hex(0x55534d), .3)
	}
	// The spillway: five gates under the crest.
	for i := range 5 {
		u := -.17 + .085*float64(i)
		c.Fill(strip(.02, .13, u-.034, u+.034), hex(0x3c4a4c), 1)
		fall := strip(.06, .98, u-.03, u+.03)
		c.Fill(fall, down(300, 700, hex(0xdbeaea), hex(0xf8fbf8)), .95)
		c.Soft(strip(.3, 1.02, u-.055, u+.055), hex(0xf2f7f5), .5, 7)
		for range 9 {
			v := u + c.r(-.028, .028)
			c.Fill(strip(c.r(.08, .3), c.r(.5, 1), v, v+.004), hex(0x8fb6bd), .5)
		}
	}
	c.Fill(strip(-.035, .02, -1.02, 1.02), hex(0xf4e9cf), 1)
	c.Fill(strip(.02, .032, -1.02, 1.02), hex(0x5f5a50), .8)
	for i := range 31 {
		p := arc(-.035, float64(i)/15-1)
		c.Line(hex(0x4c4c48), .8, 2, p.X, p.Y, p.X, p.Y-11)
	}
	// Rock on both sides, and the river below.
	c.Fill(poly(200, 690, 1040, 690, 1240, 830, -40, 830), down(680, 800, hex(0x6fa0a4), hex(0x2f6670)), 1)
	for _, s := range []float64{-1, 1} {
		for i, col := range []uint32{0x7c8069, 0x59654f, 0x35463a} {
			f := float64(i)
			edge := points(610+s*720, 170+60*f)
			for j := range 14 {
				t := float64(j) / 13
				edge = append(edge, Pt{610 + s*(640-380*math.Pow(t, .9)+46*f*t+c.r(-20, 20)), 228 + 46*f + 560*t + 60*f})
			}
			edge = append(edge, Pt{610 + s*720, 840})
			p := ring(edge)
			c.Fill(p, mottle(down(200, 800, hex(col), hex(col).mul(.7)), 9+i, 60, 40, .35), 1)
			if i > 0 {
				for range 26 {
					q := edge[1+c.rnd.IntN(len(edge)-2)]
					c.Fill(c.conifer(q.X+s*c.r(4, 90), q.Y+c.r(0, 50), c.r(36, 74)), hex(0x2c4238).mix(hex(0x4c6150), c.r(0, .7)), 1)
				}
			}
		}
	}
	for range 70 {
		c.Soft(ellipse(570+c.r(-190, 190), 706+c.r(-14, 26), c.r(20, 60), c.r(5, 14)), hex(0xffffff), .3, 8)
	}
	c.Mist(610, 790, hex(0xeef5f3), .4)
	c.Vignette(.25)
}
