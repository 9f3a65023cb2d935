package main

import "math"

// marketHall is a covered market of iron and glass at dusk, its lights on the
// wet setts before it.
func marketHall(c *Canvas) {
	const ground, cx, spring, rad = 628.0, 600.0, 436.0, 292.0
	c.Sky(ground, hex(0x1f2f47), hex(0x324a63), hex(0x6f7d88), hex(0xc79f7d), hex(0xe8bd88))
	c.Clouds(-60, 420, 420, 90, .5, hex(0xd9a58a), hex(0x33455c), .8, 600, 700)
	c.Clouds(120, 520, 300, 40, .3, hex(0xf0c79a), hex(0x5b6672), .6, 600, 700)
	c.farTown(ground, hex(0x53616d), hex(0x3d4a58))
	iron := hex(0x1b2a31)
	warm := PaintFunc(func(x, y float64) RGB {
		d := math.Hypot((x-cx)/400, (y-560)/430)
		return ramp(d, []RGB{hex(0xffe9b8), hex(0xf6c877), hex(0xd99a4e), hex(0x9a6a3f)})
	})
	// The aisles, lower, to both sides: glazed slopes over a row of windows.
	for _, s := range []float64{-1, 1} {
		x := func(v float64) float64 { return cx + s*v }
		roof := poly(x(270), 420, x(560), 478, x(560), 500, x(270), 500)
		c.Fill(roof, across(x(270), x(560), hex(0xb98a55), hex(0x6d6a62)), 1)
		for i := range 15 {
			f := float64(i) / 14
			c.Line(iron, .8, 2, x(270+290*f), 420+58*f, x(270+290*f), 500)
		}
		c.Line(iron, 1, 6, x(262), 418, x(566), 479)
		c.Fill(poly(x(270), 500, x(556), 500, x(556), ground, x(270), ground), iron, 1)
		for i := range 4 {
			ax := x(318 + 66*float64(i))
			win := arch(ax, ground-4, 50, 72, 25)
			c.Fill(win, warm, .95)
			c.In(win, func() {
				c.Fill(rect(ax-30, 596, 60, 40), hex(0x4a3826), .75)
				c.Fill(figure(ax+c.r(-16, 16), ground, 44), hex(0x2a221c), .9)
				c.Line(iron, 1, 2, ax, 520, ax, ground)
				c.Line(iron, 1, 2, ax-25, 556, ax+25, 556)
			})
		}
		c.Fill(rect(math.Min(x(250), x(566)), 498, 316, 9), iron, 1)
	}
	// The great gable.
	body := ring(append(points(cx-rad, ground), append(sector(cx, spring, rad, rad*.98, .5, 1), Pt{cx + rad, ground})...))
	c.Soft(body, hex(0xf2c98a), .35, 26)
	c.Fill(body, warm, 1)
	c.In(body, func() { c.nave(cx, 586, spring, rad, ground, iron) })
	c.fanlight(cx, spring, rad, ground, iron)
	// Setts, wet, and what they give back.
	c.Fill(rect(0, ground, sheetW, 200), down(ground, 800, hex(0x59585a), hex(0x232c36)), 1)
	c.Reflect(ground, 800, 3.2, hex(0x2a323c), .8)
	k := Cam{X: cx, Y: 560, F: 700, Eye: 1.6}
	for z := 4.6; z < 17; z *= 1.055 {
		c.Fill(k.floor(-9, z, 9, z*1.012, 0), hex(0x131b24), .2)
	}
	for i := range 41 {
		x := (float64(i) - 20) * .55
		c.Fill(k.line(.022, x, 0, 4.4, x, 0, 16), hex(0x131b24), .22)
	}
	for _, p := range [][2]float64{{452, 86}, {476, 82}, {705, 92}, {838, 80}, {300, 84}, {330, 66}, {960, 88}} {
		y := ground + p[1]*.62 - 30
		c.Soft(ellipse(p[0]+2, y, p[1]*.3, 4), hex(0x0d141b), .55, 4)
		c.Fill(figure(p[0], y, p[1]), hex(0x141c22), 1)
		c.Shade(poly(p[0]-12, y, p[0]+12, y, p[0]+(p[0]-cx)*.12+18, y+60, p[0]+(p[0]-cx)*.12-18, y+60), hex(0x202832), .5, 8)
	}
	for _, x := range []float64{120, 1080} {
		c.Lamp(x, 690, 250, hex(0x111a20), hex(0xffdf9f), .75)
		c.GlowE(x, 720, 130, 40, hex(0xffcf86), .35)
	}
	c.GlowE(cx, 640, 430, 130, hex(0xffc878), .34)
	c.Bloom(.72, 22, .3)
	c.Vignette(.42)
}

// nave draws the inside of the market: arches one behind another, lamps,
// stalls and shoppers.
func (c *Canvas) nave(cx, vy, spring, rad, ground float64, iron RGB) {
	for i := 7; i >= 0; i-- {
		t := math.Pow(.79, float64(i)+1)
		r, sy, gy := rad*t, vy+(spring-vy)*t, vy+(ground-vy)*t
		bay := iron.mix(hex(0xe9b566), .78-.07*(7-float64(i))*.9)
		outer := ring(append(points(cx-r, gy), append(sector(cx, sy, r, r*.98, .5, 1), Pt{cx + r, gy})...))
		w := r * .965
		inner := ring(append(points(cx-w, gy), append(sector(cx, sy, w, w*.98, .5, 1), Pt{cx + w, gy})...))
		c.Fill(outer.cut(inner), bay, .8)
		c.Fill(rect(cx-r, sy-3*t, r*.12, 3*t).and(rect(cx+r*.88, sy-3*t, r*.12, 3*t)), bay, .8)
		for _, s := range []float64{-1, 1} {
			lx, ly := cx+s*r*.42, sy-r*.18
			c.Line(bay, .7, 1.2, lx, sy-r*.86, lx, ly)
			c.Fill(ellipse(lx, ly, 9*t, 6*t), hex(0xfffbe8), 1)
			c.Glow(lx, ly, 60*t, hex(0xffe9b0), .8)
			// A stall with a striped awning.
			sx := cx + s*r*.66
			top := gy - 96*t
			for k := range 6 {
				a, b := sx+(float64(k)/6-.5)*150*t, sx+(float64(k+1)/6-.5)*150*t
				col := []RGB{hex(0x1f5a48), hex(0xe9dcc0)}[k%2].mix(hex(0xe0ad63), .12*float64(i))
				c.Fill(poly(a+8*t*(3-float64(k))/3, top, b+8*t*(2-float64(k))/3, top, b, top+26*t, (a+b)/2, top+31*t, a, top+26*t), col, 1)
			}
			c.Fill(rect(sx-66*t, top+10*t, 4*t, 90*t).and(rect(sx+62*t, top+10*t, 4*t, 90*t)), iron.mix(hex(0xc98f4c), .1*float64(i)), 1)
			c.Fill(rect(sx-66*t, gy-38*t, 132*t, 40*t), iron.mix(hex(0xc98f4c), .1*float64(i)), .95)
			for range 9 {
				col := []RGB{hex(0xc8502f), hex(0xdba63a), hex(0x6d8a45), hex(0xe4c79a)}[c.rnd.IntN(4)]
				c.Fill(ellipse(sx+c.r(-60, 60)*t, gy-40*t, 10*t, 7*t), col.mix(hex(0xd8a05a), .1*float64(i)), 1)
			}
		}
		for range 2 {
			x := cx + c.r(-.4, .4)*r
			c.Fill(figure(x, gy, 62*t), hex(0x2c241f).mix(hex(0xd9a862), .11*float64(i)), .95)
		}
	}
}

// fanlight draws the iron bars of the glazed gable.
func (c *Canvas) fanlight(cx, spring, rad, ground float64, iron RGB) {
	for i := 1; i < 16; i++ {
		a := math.Pi * (1 + float64(i)/16)
		s, k := math.Sincos(a)
		w := 2.2
		if i%4 == 0 {
			w = 5
		}
		c.Line(iron, 1, w, cx+k*rad*.3, spring+s*rad*.3, cx+k*rad, spring+s*rad*.98)
	}
	for _, r := range []float64{.3, .55, .78} {
		c.Fill(stroke(3, sector(cx, spring, rad*r, rad*r*.98, .5, 1)), iron, 1)
	}
	c.Fill(stroke(15, sector(cx, spring, rad, rad*.98, .49, 1.01)), iron, 1)
	c.Fill(stroke(4, sector(cx, spring, rad*1.06, rad*1.04, .5, 1)), iron, 1)
	for i := range 33 {
		s, k := math.Sincos(math.Pi * (1 + float64(i)/32))
		c.Fill(circle(cx+k*rad*1.09, spring+s*rad*1.07, 3.4), iron, 1)
	}
	c.Fill(rect(cx-rad-8, spring-7, 2*rad+16, 15), iron, 1)
	for i := range 25 {
		x := cx - rad + 2*rad*float64(i)/24
		c.Fill(stroke(1.6, sector(x, spring+8, rad/24, 11, 0, .5)), iron, 1)
	}
	for i := range 6 {
		x := cx - rad + 2*rad*float64(i)/5
		w := 11.0
		c.Fill(rect(x-w/2, spring, w, ground-spring), iron, 1)
		c.Fill(rect(x-w, ground-12, 2*w, 12).and(rect(x-w*.9, spring+22, 1.8*w, 6)), iron, 1)
		for _, s := range []float64{-1, 1} {
			if x+s*30 > cx-rad && x+s*30 < cx+rad {
				c.Fill(stroke(3.5, sector(x+s*w/2+s*34, spring+42, 34, 34, .75, .75-s*.25)), iron, 1)
			}
		}
	}
	top := spring - rad*1.05
	c.Fill(taper(7, 1, points(cx, top+6, cx, top-70)).and(circle(cx, top-14, 9), circle(cx, top-34, 5)), iron, 1)
	// The clock in the hub of the fan.
	c.Fill(circle(cx, spring-2, 58), iron, 1)
	c.Fill(circle(cx, spring-2, 48), hex(0xfff3d4), 1)
	for i := range 12 {
		s, k := math.Sincos(float64(i) * math.Pi / 6)
		c.Line(iron, 1, 3, cx+k*38, spring-2+s*38, cx+k*45, spring-2+s*45)
	}
	c.Line(iron, 1, 4, cx, spring-2, cx+20, spring+16)
	c.Line(iron, 1, 3, cx, spring-2, cx+2, spring-40)
}

// farTown draws two rows of roofs along the horizon, with towers.
func (c *Canvas) farTown(y float64, far, near RGB) {
	for i, col := range []RGB{far, near} {
		var p Path
		for x := -20.0; x < sheetW; {
			w, h := c.r(34, 74), c.r(48, 92)+18*float64(1-i)
			p = p.and(rect(x, y-h, w, h), poly(x-3, y-h, x+w/2, y-h-c.r(14, 30), x+w+3, y-h))
			if c.r(0, 1) < .5 {
				p = p.and(rect(x+w*.7, y-h-30, 9, 34))
			}
			x += w * c.r(.85, 1.1)
		}
		if i == 0 {
			p = p.and(rect(86, y-190, 34, 190), poly(82, y-186, 103, y-292, 124, y-186))
			p = p.and(rect(1090, y-172, 42, 172), ellipse(1111, y-172, 21, 24), rect(1108, y-220, 6, 40))
		}
		c.Fill(p, down(y-200, y, col, col.mix(hex(0xd8a981), .25)), 1)
		for range 22 {
			c.Fill(rect(c.r(0, sheetW), y-c.r(14, 50), 5, 7), hex(0xf3c57c), .7)
		}
	}
}
