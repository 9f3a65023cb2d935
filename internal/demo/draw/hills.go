package main

import "math"

// hillsMist is ridge behind ridge in morning mist, with one near tree.
func hillsMist(c *Canvas) {
	c.Sky(420, hex(0xcfd3c3), hex(0xe9dfc6), hex(0xf6e3c0))
	c.Fill(circle(820, 170, 46), hex(0xfff7e0), .9)
	c.Glow(820, 170, 360, hex(0xfff3d2), .6)
	far, near := hex(0xd6cfb8), hex(0x16383a)
	for i := range 9 {
		t := float64(i) / 8
		y := 236 + 430*math.Pow(t, 1.15)
		p := c.slope(func(x float64) float64 { return y + (40-24*t)*math.Sin(x/(210+60*t)+2.1*float64(i)) }, 50+20*t, 260+200*t, 4)
		col := ramp(t, []RGB{far, hex(0xa3b3a6), hex(0x6c8f8b), hex(0x3c686a), near})
		if i > 3 {
			x := c.r(0, 700)
			c.Woods(p, x, x+c.r(160, 420), 10+40*t*t, .9, col)
		}
		c.Fill(p, down(y-60, y+110, col, col.mix(hex(0xf0e6cd), .62*(1-t*.55))), 1)
		c.Mist(y+10, y+120, hex(0xf3ead2), .4*(1-t*.7))
	}
	c.Fill(taper(15, 4, curve(points(236, 700, 240, 640, 232, 580, 246, 520))), hex(0x0f2729), 1)
	c.Fill(c.crown(246, 530, 74, 62).and(c.crown(206, 570, 44, 34), c.crown(292, 572, 46, 34)), hex(0x123032), 1)
	for range 7 {
		x, y := c.r(420, 640), c.r(120, 220)
		c.Line(hex(0x4d6362), .8, 2, x-9, y-4, x, y, x+9, y-5)
	}
}

// hillsSnow is rounded hills under snow, walls drawn over them like ink.
func hillsSnow(c *Canvas) {
	c.Sky(380, hex(0x8ea3bd), hex(0xbcc3d0), hex(0xeed0c4), hex(0xf8dcc0))
	c.Clouds(-60, 320, 520, 60, .4, hex(0xfbe3d6), hex(0x9aa5bb), .7, 1100, 300)
	c.Glow(1050, 330, 420, hex(0xffd9b0), .6)
	hill := func(cx, top, w, k float64, a, b RGB) Path {
		p := c.slope(func(x float64) float64 { return top + k*(1-math.Exp(-math.Pow((x-cx)/w, 2))) }, 7, 260, 2)
		c.Fill(p, PaintFunc(func(x, y float64) RGB {
			s := smooth(-1.1, 1.0, (x-cx)/w-(y-top)/500+.12*fbm(4, x/160, y/60, 3))
			return a.mix(b, s).mul(1 - .05*(y-top)/400)
		}), 1)
		return p
	}
	// wall follows the ground of a hill from left to right, sinking by dy.
	wall := func(p Path, x0, x1, y0, dy, w float64) {
		var l []Pt
		for i := range 25 {
			t := float64(i) / 24
			x := x0 + (x1-x0)*t
			l = append(l, Pt{x, math.Max(topOf(p, x)+2, topOf(p, x)*.4+(y0+dy*t)*.6) + 3*math.Sin(x/23)})
		}
		c.Fill(stroke(w, l).shift(0, -w*.2), hex(0x3d4658), .9)
		c.Fill(stroke(w*.35, l).shift(0, -w*.75), hex(0xfdfaf6), .9)
	}
	c.Fill(c.ridge(330, 30, 330, 3), hex(0xc6c8d6), 1)
	h1 := hill(300, 250, 330, 220, hex(0xa9b5cf), hex(0xf3e4df))
	wall(h1, 60, 560, 420, 30, 3)
	wall(h1, 280, 330, 250, 260, 3)
	h2 := hill(880, 290, 380, 260, hex(0x9babca), hex(0xfbece2))
	wall(h2, 600, 1210, 520, -10, 4)
	wall(h2, 860, 760, 300, 420, 4)
	wall(h2, 1000, 1110, 330, 380, 4)
	// A farm in the fold between them.
	c.Fill(rect(596, 474, 66, 34).and(poly(592, 476, 612, 452, 646, 452, 666, 476)), hex(0x4c5468), 1)
	c.Fill(poly(592, 474, 612, 450, 646, 450, 666, 474), hex(0xf6f1ee), 1)
	c.Fill(rect(606, 484, 9, 11).and(rect(636, 484, 9, 11)), hex(0xffc978), 1)
	c.Glow(624, 490, 60, hex(0xffc978), .5)
	for _, x := range []float64{560, 578, 690, 716} {
		c.bare(x, 512, c.r(50, 76), hex(0x424a5c))
	}
	h3 := hill(260, 520, 620, 190, hex(0x93a5c8), hex(0xf4ebe8))
	wall(h3, -10, 1210, 720, 60, 8)
	c.bare(1020, 760, 330, hex(0x2f3648))
	c.bare(1110, 790, 240, hex(0x2f3648))
	for _, x := range []float64{300, 348, 384, 402, 470} {
		c.ewe(x, topOf(h3, x)+c.r(30, 70), 24, hex(0xd8cbb8), -1)
	}
	c.Vignette(.22)
}

// bare draws a leafless tree.
func (c *Canvas) bare(x, y, h float64, col RGB) {
	var p Path
	var grow func(x, y, a, l, w float64, n int)
	grow = func(x, y, a, l, w float64, n int) {
		x1, y1 := x+l*math.Sin(a), y-l*math.Cos(a)
		p = p.and(taper(w, w*.68, points(x, y, (x+x1)/2+c.r(-.04, .04)*l, (y+y1)/2, x1, y1)))
		if n == 0 {
			return
		}
		for _, d := range []float64{-.42, .08, .46} {
			grow(x1, y1, a+d+c.r(-.16, .16), l*c.r(.62, .8), w*.62, n-1)
		}
	}
	grow(x, y, c.r(-.05, .05), h*.3, h*.055, 5)
	c.Fill(p, col, 1)
}

// ewe draws a sheep of length w, facing left (-1) or right.
func (c *Canvas) ewe(x, y, w float64, wool RGB, dir float64) {
	dark := hex(0x2d2b2b)
	for _, d := range []float64{-.3, -.18, .2, .32} {
		c.Fill(rect(x+d*w*1.1, y-w*.36, w*.08, w*.36), dark, 1)
	}
	c.Fill(ellipse(x+dir*w*.62, y-w*.62, w*.2, w*.14).turn(x+dir*w*.62, y-w*.62, dir*.6), dark, 1)
	p := ellipse(x, y-w*.52, w*.52, w*.29)
	for i := range 11 {
		s, k := math.Sincos(float64(i) * 2 * math.Pi / 11)
		p = p.and(circle(x+k*w*.46, y-w*.52+s*w*.24, w*.13))
	}
	c.Fill(p, down(y-w*.85, y-w*.2, wool.mul(1.05), wool, wool.mul(.72)), 1)
}

// sheepPasture is sheep on a steep green slope between dry-stone walls.
func sheepPasture(c *Canvas) {
	c.Sky(420, hex(0x5f9cbf), hex(0x9cc5d2), hex(0xdfe8dc))
	c.Clouds(-40, 420, 330, 130, .5, hex(0xffffff), hex(0xb3c4cd), .95, 200, -300)
	c.Fill(c.slope(func(x float64) float64 { return 380 - 60*math.Sin(x/330) }, 30, 260, 4), hex(0x91b0a3), 1)
	c.Fill(c.slope(func(x float64) float64 { return 430 - 40*math.Cos(x/260) }, 20, 200, 4), hex(0x79a07f), 1)
	slope := func(x float64) float64 { return 610 - 330*smooth(-100, 1300, x) }
	hill := c.slope(slope, 8, 300, 2)
	c.Fill(hill, mottle(PaintFunc(func(x, y float64) RGB {
		return ramp((y-slope(x))/420, []RGB{hex(0xb7c96c), hex(0x88ad54), hex(0x5c8d48), hex(0x3d7042)})
	}), 21, 180, 40, .18), 1)
	c.Tree(1010, topOf(hill, 1010)+8, 150, hex(0x3a6238), hex(0x8bab4e), -1)
	c.Tree(1090, topOf(hill, 1090)+10, 120, hex(0x3a6238), hex(0x8bab4e), -1)
	for i, l := range [][]Pt{
		curve(points(-20, 640, 220, 596, 520, 500, 800, 392, 940, 330)),
		curve(points(560, 488, 700, 560, 860, 690, 1010, 830)),
		curve(points(940, 352, 1060, 420, 1230, 480)),
	} {
		w := []float64{16, 26, 14}[i]
		c.Soft(stroke(w, l).shift(5, w*.6), hex(0x2d5638), .6, 4)
		c.Fill(stroke(w, l), hex(0x8f9083), 1)
		for j := range len(l) - 1 {
			for range 5 {
				t := c.r(0, 1)
				x, y := l[j].X+(l[j+1].X-l[j].X)*t, l[j].Y+(l[j+1].Y-l[j].Y)*t+c.r(-.4, .4)*w
				c.Fill(ellipse(x, y, w*.22, w*.13), hex(0xc2c0ae).mix(hex(0x5d625b), c.r(0, 1)), .9)
			}
		}
	}
	c.Grass(560, 830, 900, 26, hex(0x37683c), hex(0xa8bd5f), .5)
	for _, e := range [][4]float64{{300, 640, 54, 1}, {410, 690, 72, -1}, {180, 720, 88, 1}, {560, 640, 60, -1}, {640, 740, 104, 1},
		{760, 480, 26, 1}, {812, 500, 28, -1}, {900, 470, 24, 1}, {1010, 560, 40, -1}, {1090, 620, 48, 1}, {960, 430, 18, 1}, {330, 780, 90, -1}, {1120, 450, 18, -1}} {
		c.Soft(ellipse(e[0]+e[2]*.2, e[1], e[2]*.7, e[2]*.1), hex(0x254c2f), .6, 3)
		c.ewe(e[0], e[1], e[2], hex(0xf0ead9), e[3])
	}
	c.Vignette(.2)
}

// stormSky is a shelf cloud rolling over ripe fields.
func stormSky(c *Canvas) {
	c.Sky(600, hex(0x232d38), hex(0x3a4850), hex(0x8e9a8e), hex(0xd5cf9f))
	seed := c.seed
	c.each(0, 560, func(px, py int, x, y float64) {
		edge := 400 - 150*math.Pow((x-760)/800, 2)
		d := (edge - y) + 26*fbm(seed, x/200, y/110, 4)
		n := fbm(seed+9, x/520+y/300, d/46, 4)
		col := ramp(.5+.62*n+.1*math.Sin(d/26), []RGB{hex(0x1d2731), hex(0x33424d), hex(0x5a6a70), hex(0x8b9792)})
		col = col.mix(hex(0x161e28), smooth(120, 420, d)*.7)
		c.put(px, py, col, smooth(-6, 26, d), over)
	})
	c.Soft(poly(860, 350, 1120, 340, 1060, 590, 900, 590), hex(0x56646a), .65, 46)
	c.Soft(poly(160, 330, 330, 330, 270, 590, 150, 590), hex(0x6b7776), .5, 50)
	c.Line(hex(0xfff8dc), .95, 2.2, 548, 372, 536, 418, 556, 436, 540, 488, 552, 502, 544, 566)
	c.Line(hex(0xfff8dc), .8, 1.3, 556, 436, 584, 466, 580, 500)
	c.Glow(546, 470, 230, hex(0xdfe6d8), .4)
	c.Fill(c.ridge(578, 14, 340, 3), hex(0x55645c), 1)
	land := c.ridge(592, 6, 300, 2)
	c.Woods(land, 60, 420, 20, 0, hex(0x2d3b35))
	c.Woods(land, 760, 1210, 24, .1, hex(0x2d3b35))
	c.Fill(land, hex(0xb9a24e), 1)
	c.Fill(rect(642, 558, 60, 36).and(rect(600, 572, 40, 22)), hex(0xd9d2b8), 1)
	c.Fill(poly(636, 560, 654, 536, 690, 536, 708, 560).and(poly(596, 574, 610, 558, 632, 558, 644, 574)), hex(0x6f3f30), 1)
	k := Cam{X: 700, Y: 590, F: 600, Eye: 2}
	for i := range 46 {
		x := (float64(i) - 23) * 1.5
		c.Fill(k.flat(x, 0, 5, x+.75, 0, 5, x+.75, 0, 120, x, 0, 120), []RGB{hex(0xd9bd5c), hex(0x8f7a35)}[i%2], .55)
	}
	c.Shade(rect(-20, 600, 1240, 80), hex(0x56603f), .6, 24)
	c.Grass(690, 850, 1500, 74, hex(0x6a5a28), hex(0xe0c76c), .8)
	c.Vignette(.35)
}
