package main

import "math"

// solarField is rows of panels turned to the sun across a slope.
func solarField(c *Canvas) {
	k := Cam{X: 760, Y: 300, F: 640, Eye: 7}
	c.Sky(320, hex(0x4f93c0), hex(0x9ccadb), hex(0xf3eed2))
	c.Clouds(-60, 290, 300, 70, .4, hex(0xffffff), hex(0xbfd0d8), .9, 1000, -100)
	c.Glow(1010, 70, 420, hex(0xfffbe0), .9)
	back := c.ridge(296, 30, 300, 3)
	c.Woods(back, -10, 1210, 18, .2, hex(0x6f9480))
	c.Fill(back, hex(0x86a886), 1)
	c.Fill(rect(-5, 306, 1210, 500), down(306, 800, hex(0xc3cf86), hex(0x86ad58), hex(0x4d8244)), 1)
	c.Grass(500, 830, 700, 24, hex(0x3f7440), hex(0xcfd98a), .5)
	for _, z := range []float64{92, 74, 60, 49, 40, 32.6, 26.6, 21.6, 17.4, 14, 11.2} {
		fog := smooth(14, 110, z) * .6
		haze := hex(0xdfe6cf)
		for s := -4; s <= 3; s++ {
			x0, x1 := float64(s)*14+3, float64(s)*14+15.6
			a, b := k.at(x0, 0, z), k.at(x1, 0, z)
			if b.X < -60 || a.X > 1260 {
				continue
			}
			c.Soft(k.floor(x0, z-1.2, x1+.8, z+1.8, 0), hex(0x2f5a34).mix(haze, fog), .7, 60/z+1)
			for i := range 4 {
				px := x0 + 1 + 3.5*float64(i)
				c.Fill(k.line(.14, px, 0, z+.6, px, 1.8, z+.6), hex(0x7f8a8c).mix(haze, fog), 1)
			}
			q := quad{k.at(x0, 2.7, z+2), k.at(x1, 2.7, z+2), k.at(x1, .7, z), k.at(x0, .7, z)}
			c.Fill(q.box(0, 0, 1, 1), PaintFunc(func(x, y float64) RGB {
				t := smooth(700, 60, math.Hypot(x-1010, (y-330)*1.4))
				return hex(0x17386a).mix(hex(0x3f78ac), smooth(q[3].Y, q[0].Y, y)).mix(hex(0xfdf3cf), .75*t*t).mix(haze, fog)
			}), 1)
			var grid Path
			for i := range 13 {
				u := float64(i) / 12
				grid = grid.and(q.box(u-.0022, 0, u+.0022, 1))
			}
			for i := range 4 {
				v := float64(i) / 3
				grid = grid.and(q.box(0, v-.014, 1, v+.014))
			}
			c.Fill(grid, hex(0xd3dfe6).mix(haze, fog), .8)
		}
	}
	for _, e := range [][3]float64{{300, 770, 66}, {420, 784, 72}, {1120, 690, 40}} {
		c.Soft(ellipse(e[0]-8, e[1], e[2]*.7, e[2]*.1), hex(0x254c2f), .6, 3)
		c.ewe(e[0], e[1], e[2], hex(0xf3ecda), 1)
	}
	c.Vignette(.2)
}

// quarry is benches of cut stone stepping down to a green pool.
func quarry(c *Canvas) {
	c.Sky(220, hex(0x8fb3c4), hex(0xe6e3cf))
	c.Clouds(-60, 190, 300, 60, .4, hex(0xffffff), hex(0xbccbd0), .9, 200, -100)
	edge := c.ridge(176, 24, 240, 4)
	c.Woods(edge, -10, 1210, 34, .5, hex(0x5c7a5f))
	c.Fill(edge, hex(0x7d8f62), 1)
	ring := func(t, dy float64, seed int) []Pt {
		var p []Pt
		for i := range 121 {
			a := 2 * math.Pi * float64(i) / 120
			s, k := math.Sincos(a)
			r := 1 + .09*fbm(seed, k*1.6, s*1.6, 3) + .012*hash(seed, i/3, 2)
			p = append(p, Pt{640 - 60*t + (820-600*t)*r*k, 440 + 150*t + (300-220*t)*r*s + dy})
		}
		return p
	}
	for i := range 8 {
		t := float64(i) / 8
		h := 50 - 22*t
		stone := ramp(t, []RGB{hex(0xe9d3a4), hex(0xd5b98a), hex(0xbb9f7c), hex(0x9d8a74)})
		// The face: the ring of the floor above down to the ring of this floor.
		top := ring(t, 0, 40+i)
		c.Fill(ringOf(top), PaintFunc(func(x, y float64) RGB {
			side := smooth(200, 1050, x)
			n := noise(7+i, x/9, 3.1+y/400)*.12 + .08*noise(9, x/40, y/14)
			return stone.mul(.92-.34*side+n).mix(hex(0x5c6477), .22*side)
		}), 1)
		c.Fill(stroke(3, top), stone.mul(1.2), .8)
		low := ring(t, h, 40+i)
		c.In(ringOf(top), func() {
			c.Fill(ringOf(low), mottle(across(100, 1150, stone.mul(1.2), stone.mul(1.06), stone.mul(.86)), 60+i, 90, 24, .14), 1)
			c.Soft(stroke(7, low), stone.mul(.6), .4, 4)
		})
	}
	pool := ring(1, -6, 51)
	c.Soft(stroke(16, pool), hex(0xf0e6c8), .7, 5)
	c.Fill(ringOf(pool), down(520, 680, hex(0x7fd0bd), hex(0x2b9a96), hex(0x1b6f7a)), 1)
	// A haul road, and small machines that give the scale.
	var road []Pt
	for i := range 40 {
		t := float64(i) / 39
		a := .1 + 1.25*t
		s, k := math.Sincos(2 * math.Pi * (a + .02))
		road = append(road, Pt{640 - 60*t*.8 + (760-560*t*.85)*k, 470 + 130*t*.8 + (285-205*t*.85)*s})
	}
	c.Fill(taper(26, 9, curve(road)), hex(0xf0dfb6), .85)
	truck := func(x, y, s float64) {
		yel := hex(0xe6a82c)
		c.Soft(ellipse(x+s*.1, y, s*.7, s*.09), hex(0x5a4c3c), .8, 3)
		c.Fill(poly(x-s*.55, y-s*.5, x+s*.2, y-s*.5, x+s*.1, y-s*.18, x-s*.4, y-s*.18), down(y-s*.5, y-s*.15, yel.mul(1.1), yel.mul(.75)), 1)
		c.Fill(rect(x+s*.16, y-s*.46, s*.3, s*.32), yel.mul(.9), 1)
		c.Fill(rect(x+s*.24, y-s*.42, s*.18, s*.14), hex(0x2d4450), 1)
		c.Fill(circle(x-s*.3, y-s*.12, s*.14).and(circle(x+s*.28, y-s*.12, s*.14)), hex(0x25242a), 1)
	}
	truck(330, 650, 74)
	truck(880, 668, 60)
	truck(240, 450, 34)
	x, y := 640.0, 742.0
	c.Soft(ellipse(x, y, 90, 12), hex(0x4f4336), .8, 6)
	c.Fill(round(x-56, y-26, 112, 26, 12), hex(0x2a292e), 1)
	c.Fill(rect(x-50, y-62, 92, 36), hex(0xdc8f2a), 1)
	c.Fill(rect(x-2, y-94, 42, 34), hex(0xe6a12f), 1)
	c.Fill(rect(x+8, y-88, 28, 22), hex(0x304a56), 1)
	c.Fill(taper(17, 11, points(x+30, y-60, x+110, y-150, x+176, y-96)), hex(0xdc8f2a), 1)
	c.Fill(taper(10, 9, points(x+176, y-98, x+160, y-30)), hex(0xc87d22), 1)
	c.Fill(poly(x+140, y-40, x+182, y-46, x+178, y-4, x+136, y-14), hex(0x3a3738), 1)
	for i := range 7 {
		c.Soft(ellipse(210-14*float64(i), 640-8*float64(i), 24+6*float64(i), 12+4*float64(i)), hex(0xf3e4c0), .22, 10)
	}
	c.Glow(60, 60, 760, hex(0xfff0c4), .45)
	c.Vignette(.25)
}

// forestRoad is a wet road through tall firs that fade into fog.
func forestRoad(c *Canvas) {
	fog := hex(0xc6d3c8)
	c.Sky(800, hex(0xb4c7c3), hex(0xd5dfd2), hex(0xe3e4d0))
	c.Glow(560, 300, 420, hex(0xfff7da), .6)
	k := Cam{X: 560, Y: 470, F: 640, Eye: 1.9}
	for _, z := range []float64{150, 105, 76, 56, 41, 30, 22} {
		f := 1 - math.Exp(-z/42)
		col := hex(0x12302a).mix(fog, f)
		g := k.at(0, 0, z).Y
		c.Fill(rect(-5, g, 1210, 800-g), hex(0x3d5a3a).mix(fog, f), 1)
		for _, s := range []float64{-1, 1} {
			var p Path
			for x := 5.4; x < 46; x += c.r(1.8, 3.6) {
				q := k.at(s*x, 0, z+c.r(-3, 3)*.3)
				if q.X > -300 && q.X < 1500 {
					p = p.and(c.conifer(q.X, q.Y+4, k.F*c.r(13, 24)/z))
				}
			}
			c.Fill(p, down(0, g, col, col.mix(fog, .3)), 1)
		}
		c.Mist(g-140, g+60, fog, .2)
	}
	c.Fill(k.floor(-30, 2, 30, 22, 0), down(490, 800, hex(0x6f8a58), hex(0x2e4a34)), 1)
	bend := func(z float64) float64 { return 10 * math.Pow(smooth(24, 170, z), 1.5) }
	way := func(x0, x1, y float64) Path {
		var a, b []Pt
		for z := 2.0; z < 170; z *= 1.06 {
			a = append(a, k.at(x0+bend(z), y, z))
			b = append([]Pt{k.at(x1+bend(z), y, z)}, b...)
		}
		return ring(append(a, b...))
	}
	c.Fill(way(-4.6, 4.6, 0), down(470, 800, fog, hex(0x8b9068), hex(0x5f6a48)), 1)
	c.Fill(way(-3.6, 3.6, 0), down(470, 800, fog, hex(0x8f9a9a), hex(0x4a5558), hex(0x323c42)), 1)
	c.In(way(-3.6, 3.6, 0), func() {
		c.Beam(poly(520, 470, 620, 470, 760, 800, 380, 800), hex(0xf7f3da), .34, 30)
		for _, x := range []float64{-1.8, 1.8} {
			c.Soft(way(x-.5, x+.5, 0), hex(0x222b31), .35, 5)
		}
	})
	for _, x := range []float64{-3.3, 3.2} {
		c.Fill(way(x, x+.12, 0), hex(0xf2f0e2), .85)
	}
	for z := 3.0; z < 100; z += 6 {
		c.Fill(k.floor(-.07+bend(z), z, .07+bend(z), z+2.6, 0), hex(0xf4f1e0), .9)
	}
	for z := 46.0; z > 5; z *= .72 {
		for _, s := range []float64{-1, 1} {
			p := k.at(s*4.3+bend(z), 0, z)
			h := k.F * .9 / z
			c.Fill(rect(p.X-h*.07, p.Y-h, h*.14, h), hex(0xf3f1e6), 1)
			c.Fill(rect(p.X-h*.07, p.Y-h*.8, h*.14, h*.2), hex(0xc23b30), 1)
		}
	}
	for _, t := range [][3]float64{{-40, 790, 900}, {96, 760, 780}, {1120, 770, 860}, {1240, 800, 1000}, {980, 716, 620}} {
		c.Fill(c.conifer(t[0], t[1], t[2]), down(0, 780, hex(0x2f524a), hex(0x0c231f)), 1)
		c.Fill(taper(t[2]*.035, t[2]*.01, points(t[0], t[1]+20, t[0], t[1]-t[2]*.7)), hex(0x1e1f1a), .8)
	}
	for _, a := range []float64{0, .12, .25} {
		c.Beam(poly(500, -20, 560, -20, 420-700*a, 800, 180-760*a, 800), hex(0xfff6d4), .1, 24)
	}
	c.Mist(380, 620, hex(0xe9ebdb), .35)
	c.Vignette(.3)
}

// stars is the Milky Way over a ridge with an observatory.
func stars(c *Canvas) {
	c.Sky(660, hex(0x060b1f), hex(0x0e1a3a), hex(0x233a63), hex(0x4f6a88))
	seed := c.seed
	c.each(0, 660, func(px, py int, x, y float64) {
		d := ((x-760)*.82 + (y-260)*.57) / 150
		d += .35 * fbm(seed, x/220, y/220, 3)
		n := .55 + .8*fbm(seed+3, x/110, y/110, 5)
		band := math.Exp(-d*d) * n
		rift := smooth(.1, .5, fbm(seed+5, x/150, y/90, 4)+.35-math.Abs(d+.1)*1.4)
		v := clamp(band*(1-.7*rift), 0, 1) * (1 - smooth(430, 640, y))
		c.put(px, py, hex(0x8fa2e0).mix(hex(0xffe6d2), v), v*.62, screen)
	})
	c.Stars(420, 600, hex(0xe9eeff))
	for range 420 {
		t := c.r(-1, 1)
		x, y := 760-t*560*.57+c.r(-90, 90), 260+t*560*.82+c.r(-70, 70)
		c.Screen(circle(x, y, c.r(.4, 1.1)), hex(0xfff3e2), c.r(.2, .8)*(1-smooth(440, 620, y)))
	}
	for _, p := range [][2]float64{{180, 130}, {470, 80}, {300, 330}, {1050, 210}, {640, 400}} {
		c.Fill(circle(p[0], p[1], 1.9), hex(0xffffff), 1)
		c.Glow(p[0], p[1], 22, hex(0xcfe0ff), .8)
	}
	c.Line(hex(0xf4f6ff), .5, 1, 210, 250, 330, 206)
	c.Line(hex(0xffffff), .9, 2, 300, 217, 330, 206)
	c.Glow(960, 660, 420, hex(0xe0a86a), .3)
	for i, col := range []uint32{0x2c4262, 0x1b2c48} {
		c.Fill(c.slope(func(x float64) float64 { return 590 + 44*float64(i) - 50*math.Sin(x/300+2*float64(i)) }, 34, 240, 4), hex(col), 1)
	}
	ridge := func(x float64) float64 { return 700 - 120*math.Exp(-math.Pow((x-350)/260, 2)) }
	land := c.slope(ridge, 10, 110, 4)
	dome := hex(0x8496b2)
	c.Fill(rect(252, 500, 196, 110), across(252, 448, hex(0x5f7290), hex(0x1d2a44)), 1)
	c.Fill(ring(sector(350, 502, 112, 116, .5, 1)), across(238, 462, dome.mul(1.1), hex(0x55678a), hex(0x1e2b47)), 1)
	for i := range 7 {
		c.Fill(stroke(1.4, sector(350, 502, 112*math.Abs(math.Cos(float64(i+1)*math.Pi/8)), 116, .5, 1)), hex(0x1d2a44), .3)
	}
	slit := poly(366, 504, 372, 392, 410, 408, 418, 504)
	c.Fill(slit, down(390, 504, hex(0x37131c), hex(0xd8543f)), 1)
	c.In(slit, func() {
		c.Fill(taper(34, 28, points(380, 510, 420, 400)), hex(0x1a1017), 1)
	})
	c.Fill(taper(22, 24, points(400, 440, 424, 382)), hex(0x202c44), 1)
	c.Glow(394, 460, 120, hex(0xff6a48), .55)
	c.Fill(rect(236, 496, 228, 12), hex(0x93a4bf), 1)
	c.Fill(rect(284, 548, 22, 44), hex(0xffc988), 1)
	c.Glow(295, 566, 60, hex(0xffb468), .6)
	c.Fill(rect(470, 560, 90, 50).and(poly(464, 562, 515, 536, 566, 562)), hex(0x16213a), 1)
	c.Fill(rect(490, 574, 14, 14), hex(0xffcf8e), 1)
	c.Woods(land, 640, 1210, 60, .9, hex(0x070d1c))
	c.Woods(land, -10, 170, 66, .9, hex(0x070d1c))
	c.Fill(land, down(560, 800, hex(0x0c1528), hex(0x04070f)), 1)
	c.Fill(figure(560, topOf(land, 560)+4, 40), hex(0x050912), 1)
	c.Vignette(.3)
}

// beehives are coloured hives in a flowering meadow.
func beehives(c *Canvas) {
	c.Sky(380, hex(0x79b4cf), hex(0xbfdcd8), hex(0xf6efcf))
	c.Clouds(-60, 320, 320, 90, .42, hex(0xffffff), hex(0xc5d5d8), .9, 1000, -100)
	c.Glow(1060, 90, 480, hex(0xfff6d0), .7)
	back := c.slope(func(x float64) float64 { return 350 - 30*math.Sin(x/240) }, 14, 200, 3)
	c.Woods(back, -10, 1210, 90, .1, down(240, 400, hex(0x8fb48a), hex(0x5f9168)))
	c.Fill(back, hex(0x7fab66), 1)
	c.Fill(c.ridge(408, 10, 260, 2), mottle(down(390, 800, hex(0xb9cf74), hex(0x7fb04f), hex(0x3f7c3c)), 4, 120, 30, .16), 1)
	c.Tree(140, 470, 400, hex(0x2f6b3f), hex(0x93b950), 1)
	c.Tree(1130, 430, 250, hex(0x3a7648), hex(0x9cc05a), 1)
	c.Soft(ellipse(190, 474, 210, 26), hex(0x2f6234), .55, 14)
	flowers := []RGB{hex(0xe2504a), hex(0xf6f1e0), hex(0xf0c63f), hex(0x7f6fc4), hex(0xe79ab0)}
	meadow := func(y0, y1 float64, n int) {
		for range n {
			t := math.Sqrt(c.rnd.Float64())
			y := y0 + (y1-y0)*t
			s := 2 + 9*smooth(400, 820, y)
			x := c.r(0, 1200)
			c.Line(hex(0x3c7a3c), .8, s*.18, x, y+s*3.5, x+s*.3, y)
			col := flowers[c.rnd.IntN(5)]
			c.Fill(ellipse(x+s*.3, y, s*.8, s*.6), col, 1)
			c.Fill(ellipse(x+s*.3, y, s*.28, s*.22), hex(0x6a4a20).mix(hex(0xf6d65a), .5), 1)
		}
	}
	meadow(420, 520, 240)
	hive := func(x, y, s float64, cols ...RGB) {
		c.Soft(poly(x-s*.6, y, x+s*.7, y, x+s*.1, y+s*.24, x-s*1.3, y+s*.24), hex(0x2f5f2f), .65, s*.07)
		for _, d := range []float64{-.45, .4, .7} {
			c.Fill(rect(x+d*s, y-s*.25, s*.07, s*.28), hex(0x6b4d33), 1)
		}
		top := y - s*.22
		for i, col := range cols {
			h := s * .42
			if i == 0 {
				h = s * .5
			}
			c.Fill(rect(x-s*.52, top-h, s*1.04, h), down(top-h, top, col.mul(1.08), col.mul(.86)), 1)
			c.Fill(poly(x+s*.52, top-h, x+s*.82, top-h-s*.1, x+s*.82, top-s*.1, x+s*.52, top), col.mul(.66), 1)
			c.Fill(rect(x-s*.52, top-s*.025, s*1.04, s*.025), hex(0x2a2a24), .35)
			c.Fill(round(x-s*.13, top-h*.62, s*.26, s*.07, s*.03), col.mul(.5), 1)
			if i == 0 {
				c.Fill(rect(x-s*.26, top-s*.08, s*.52, s*.055), hex(0x261b14), 1)
				c.Fill(poly(x-s*.42, top, x+s*.42, top, x+s*.5, top+s*.08, x-s*.5, top+s*.08), hex(0xb08a5c), 1)
			}
			top -= h
		}
		c.Fill(poly(x-s*.6, top+s*.03, x+s*.6, top+s*.03, x+s*.92, top-s*.09, x+s*.34, top-s*.17, x-s*.3, top-s*.13), hex(0xe6e4d6), 1)
		c.Fill(rect(x-s*.6, top, s*1.2, s*.09), hex(0xb9bab0), 1)
	}
	hive(880, 500, 74, hex(0xd8cfa8), hex(0x5d8fae))
	hive(640, 500, 80, hex(0x4d8a86), hex(0xe2b346), hex(0x4d8a86))
	hive(400, 540, 104, hex(0xc8573f), hex(0xe9dfc2))
	hive(980, 600, 132, hex(0x3f7396), hex(0xf0e3bd), hex(0xd08a3a))
	meadow(560, 660, 170)
	hive(640, 712, 190, hex(0xe0b13f), hex(0xf2ead0), hex(0x4a8472))
	hive(190, 700, 170, hex(0x6f9cb0), hex(0xd9694d), hex(0xf0e6c8))
	c.Grass(720, 850, 600, 70, hex(0x2f6a36), hex(0xa6c65c), .85)
	meadow(740, 810, 90)
	for range 70 {
		x, y := c.r(120, 1100), c.r(300, 700)
		s := c.r(2, 5)
		c.Fill(ellipse(x-s*.5, y-s*.8, s*.8, s*.5).and(ellipse(x+s*.6, y-s*.8, s*.7, s*.45)), hex(0xffffff), .6)
		c.Fill(ellipse(x, y, s, s*.62), hex(0x3a2a14), 1)
		c.Fill(ellipse(x+s*.2, y, s*.3, s*.6), hex(0xf0b62e), 1)
	}
	c.Vignette(.18)
}
