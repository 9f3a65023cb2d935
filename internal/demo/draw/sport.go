package main

import "math"

// footballGround is a pitch under floodlights, seen from high in the corner.
func footballGround(c *Canvas) {
	c.Sky(420, hex(0x0a1424), hex(0x14263c), hex(0x34506a))
	c.Clouds(-40, 330, 420, 60, .4, hex(0x4a6078), hex(0x101d30), .6, 600, 500)
	pitch := quad{{270, 398}, {1010, 398}, {1340, 800}, {-240, 800}}
	// The stand on the far side: roof, rows of seats, and the crowd.
	stand := quad{{150, 250}, {1080, 250}, {1040, 380}, {220, 380}}
	c.Fill(stand.box(0, 0, 1, 1), down(250, 380, hex(0x1a2c44), hex(0x34506c)), 1)
	for j := range 15 {
		v := .12 + .86*float64(j)/15
		for i := range 150 {
			if hash(c.seed, i, j) < .22 {
				continue
			}
			p := stand.at((float64(i)+.5*float64(j%2)+.3)/150.5, v)
			col := []RGB{hex(0xb33a34), hex(0xd9cfc0), hex(0x3d5874), hex(0xc4483c), hex(0x223850)}[c.rnd.IntN(5)]
			c.Fill(ellipse(p.X, p.Y, 2.3, 3), col.mul(.55+.4*v), .9)
		}
	}
	for i := range 9 {
		a, b := stand.at(float64(i)/8, 0), stand.at(float64(i)/8, 1)
		c.Line(hex(0x8a9cae), .4, 3, a.X, a.Y, b.X, b.Y)
	}
	c.Fill(poly(110, 232, 1120, 232, 1090, 262, 140, 262), down(232, 262, hex(0x2a3d54), hex(0x0d1726)), 1)
	for i := range 12 {
		x := 150 + 85*float64(i)
		c.Line(hex(0x9eb2c6), .8, 2, x, 232, x+8, 206, x+40, 232)
	}
	c.Fill(rect(205, 378, 850, 22), hex(0x16273a), 1)
	for i := range 14 {
		c.Fill(rect(215+60*float64(i), 381, 54, 14), []RGB{hex(0x2f6f9a), hex(0xe3e0d2), hex(0xb33a34)}[i%3], .75)
	}
	c.Fill(rect(-5, 398, 1210, 410), hex(0x1c5a38), 1)
	for i := range 12 {
		v0, v1 := math.Pow(float64(i)/12, 1.6), math.Pow(float64(i+1)/12, 1.6)
		c.Fill(pitch.box(-.5, v0, 1.5, v1), []RGB{hex(0x3f9a4c), hex(0x338a44)}[i%2], 1)
	}
	white := hex(0xf4f8ee)
	line := func(w float64, uv ...float64) {
		var p []Pt
		for i := 0; i+1 < len(uv); i += 2 {
			p = append(p, pitch.at(uv[i], math.Pow(uv[i+1], 1.6)))
		}
		c.Fill(stroke(w, p), white, .9)
	}
	line(2, .02, .06, .98, .06)
	line(3, .02, .06, .06, 1.1)
	line(3, .98, .06, .94, 1.1)
	line(3, .5, .06, .5, 1.1)
	var ring []float64
	for i := range 41 {
		s, k := math.Sincos(float64(i) * math.Pi / 20)
		ring = append(ring, .5+.1*k, .52+.17*s)
	}
	line(3, ring...)
	line(3, .02, .24, .17, .24, .17, .86, .03, .86)
	line(3, .98, .24, .83, .24, .83, .86, .97, .86)
	for _, s := range []float64{0, 1} {
		a, b := pitch.at(.025+.95*s, math.Pow(.46, 1.6)), pitch.at(.028+.944*s, math.Pow(.64, 1.6))
		c.Line(white, 1, 4, a.X, a.Y, a.X, a.Y-42, b.X, b.Y-50, b.X, b.Y)
	}
	for i := range 19 {
		u, v := c.r(.12, .88), c.r(.16, .9)
		p := pitch.at(u, math.Pow(v, 1.6))
		h := 26 + 30*v
		col := []RGB{hex(0xc23a33), hex(0xf3ead2)}[i%2]
		for _, d := range []float64{-.9, .9} {
			c.Soft(taper(h*.2, h*.1, points(p.X, p.Y, p.X+d*h, p.Y+h*.22)), hex(0x0f3a22), .5, 2)
		}
		c.Fill(figure(p.X, p.Y, h), hex(0x1d2430), 1)
		c.In(rect(p.X-h, p.Y-h*.85, 2*h, h*.45), func() { c.Fill(figure(p.X, p.Y, h), col, 1) })
	}
	for _, f := range [][3]float64{{92, 90, 440}, {1112, 90, 440}, {300, 150, 250}, {900, 150, 250}} {
		x, y := f[0], f[1]
		c.Line(hex(0x3a4a5c), 1, 7, x, y+30, x, f[2])
		c.Fill(round(x-46, y-26, 92, 56, 4), hex(0x28384a), 1)
		for j := range 3 {
			for i := range 5 {
				c.Fill(circle(x-36+18*float64(i), y-15+17*float64(j), 6.6), hex(0xfffdf0), 1)
			}
		}
		c.Glow(x, y, 320, hex(0xe3f0ff), .6)
		c.Glow(x, y, 90, hex(0xffffff), .8)
		c.Beam(poly(x-30, y, x+30, y, 600+(x-600)*.1+260, 700, 600+(x-600)*.1-260, 700), hex(0xdbeaff), .09, 40)
	}
	c.Bloom(.82, 16, .3)
	c.Vignette(.35)
}

// runningTrack is the bend of a red track in long morning light.
func runningTrack(c *Canvas) {
	c.Fill(rect(-5, -5, 1210, 810), down(0, 800, hex(0x8fb46a), hex(0x5d9150)), 1)
	for i := range 14 {
		x := -200 + 130*float64(i)
		c.Fill(poly(x, -10, x+65, -10, x-240, 820, x-305, 820), hex(0x9cc072), .3)
	}
	cx, cy := 1130.0, 690.0
	oval := func(r float64) Path { return ellipse(cx, cy, r*1.16, r*.8) }
	track := oval(960).cut(oval(410))
	c.Soft(track.shift(3, 7), hex(0x38542f), .5, 6)
	red := mottle(radial(300, 120, 1200, hex(0xdb6a4c), hex(0xc04a38), hex(0x9a332f)), 4, 60, 60, .07)
	c.Fill(track, red, 1)
	for i := range 9 {
		r := 414 + 67.5*float64(i)
		w := 3 + 1.4*float64(i)/8
		c.Fill(oval(r+w).cut(oval(r)), hex(0xf9efe2), .92)
	}
	for i := range 8 {
		r := 448 + 67.5*float64(i)
		a := .62 + .006*float64(i)
		s, k := math.Sincos(2 * math.Pi * a)
		x, y := cx+r*1.16*k, cy+r*.8*s
		n := math.Hypot(k*1.16, s*.8)
		dx, dy := 30*k*1.16/n, 30*s*.8/n
		c.Line(hex(0xf9efe2), .95, 7, x-dx, y-dy, x+dx, y+dy)
	}
	runner := func(lane int, a float64, shirt RGB) {
		r := 448 + 67.5*float64(lane)
		s, k := math.Sincos(2 * math.Pi * a)
		x, y, h := cx+r*1.16*k, cy+r*.8*s, 104.0
		d := 1.0
		leg := func(sx, sy float64) Path {
			q := func(u, v float64) (float64, float64) { return x + d*h*u*sx + h*u*sy, y - h*v }
			var p Path
			add := func(w0, w1 float64, uv ...float64) {
				var l []Pt
				for i := 0; i+1 < len(uv); i += 2 {
					px, py := q(uv[i], uv[i+1])
					l = append(l, Pt{px, py})
				}
				p = p.and(taper(w0*h, w1*h, l))
			}
			add(.1, .045, 0, .46, .17, .34, .1, .1, .17, .07)
			add(.1, .045, 0, .46, -.1, .26, -.32, .27, -.35, .33)
			return p
		}
		body := leg(1, 0)
		var sh Path
		full := body.and(taper(h*.13, h*.1, points(x, y-h*.45, x+h*.06, y-h*.8)), circle(x+h*.1, y-h*.91, h*.07),
			taper(h*.06, h*.04, points(x+h*.05, y-h*.77, x-h*.12, y-h*.62, x+.02*h, y-h*.52)),
			taper(h*.06, h*.04, points(x+h*.05, y-h*.77, x+h*.16, y-h*.58, x+h*.3, y-h*.68)))
		for _, r := range full {
			var q []Pt
			for _, p := range r {
				q = append(q, Pt{p.X + (y-p.Y)*1.5, y + (y-p.Y)*.42})
			}
			sh = sh.and(ringOf(q))
		}
		c.Shade(sh, hex(0x5a2a34), .75, 2)
		c.Fill(full, hex(0x2b2430), 1)
		c.Fill(taper(h*.15, h*.13, points(x, y-h*.5, x+h*.055, y-h*.79)), shirt, 1)
	}
	runner(2, .578, hex(0xf3c64e))
	runner(4, .604, hex(0xf4efe4))
	runner(5, .56, hex(0x2f6f8f))
	runner(3, .65, hex(0x2d7a5c))
	for _, t := range [][3]float64{{60, 60, 90}, {170, 16, 80}, {20, 170, 70}} {
		c.Shade(ellipse(t[0]+70, t[1]+50, t[2]*1.1, t[2]*.6), hex(0x47684a), .8, 12)
		c.Fill(c.crown(t[0], t[1], t[2], t[2]*.9), hex(0x356b40), 1)
		c.Fill(c.crown(t[0]-14, t[1]-16, t[2]*.6, t[2]*.5), hex(0x6f9f4c), 1)
	}
	c.Glow(0, 0, 900, hex(0xffeec2), .4)
	c.Vignette(.22)
}

// ringOf makes a path of points already on the sheet.
func ringOf(p []Pt) Path { return ring(append([]Pt(nil), p...)) }

// swimmingLanes is a pool from straight above, with three swimmers.
func swimmingLanes(c *Canvas) {
	seed := c.seed
	c.each(0, 800, func(px, py int, x, y float64) {
		u, v := x+22*fbm(seed, x/120, y/120, 2), y+22*fbm(seed+1, x/120, y/120, 2)
		n := math.Abs(noise(seed+2, u/66, v/66)) + .6*math.Abs(noise(seed+3, u/38, v/38))
		col := ramp(y/800, []RGB{hex(0x4cc0c6), hex(0x2ba4b8), hex(0x1d86a4)}).mul(.97 + .05*fbm(seed+4, x/200, y/200, 2))
		col = col.mix(hex(0xd8fbf4), .62*math.Pow(1-smooth(0, .34, n), 2))
		c.put(px, py, col, 1, over)
	})
	const lane = 200.0
	for i := range 6 {
		x := 100 + lane*float64(i)
		var l []Pt
		for y := -10.0; y <= 810; y += 12 {
			l = append(l, Pt{x + 3.5*fbm(seed+7, x, y/50, 2)*2, y})
		}
		c.Shade(stroke(26, l), hex(0x16607a), .72, 3)
		c.Fill(rect(x-24, 740, 48, 10), hex(0x16607a), .5)
	}
	for i := range 7 {
		x := lane * float64(i)
		c.Shade(rect(x+8, -10, 12, 830), hex(0x14586f), .55, 6)
		n := 0
		for y := -6.0; y < 810; y += 15 {
			n++
			dx := 4 * math.Sin(y/120+float64(i))
			col := hex(0xf6f2e6)
			if n/5%2 == 0 {
				col = []RGB{hex(0xd8473a), hex(0xe3b13c)}[i%2]
			}
			c.Fill(round(x-7+dx, y, 14, 13, 4), across(x-7+dx, x+7+dx, col.mul(1.05), col.mul(.72)), 1)
		}
	}
	swim := func(x, y, h float64, cap, suit RGB, side float64) {
		skin := hex(0xc98f6c)
		c.Shade(ellipse(x+26, y+h*.3, h*.22, h*.62), hex(0x12536c), .7, 14)
		for i := range 15 {
			f := float64(i)
			c.Soft(ellipse(x+c.r(-.16, .16)*h, y+h*(.62+.05*f), h*(.05+.012*f), h*.035), hex(0xf4fffc), .5-.03*f, 5)
		}
		for _, s := range []float64{-1, 1} {
			c.Fill(stroke(3, curve(points(x+s*h*.1, y-h*.3, x+s*h*.28, y+h*.06, x+s*h*.4, y+h*.6, x+s*h*.46, y+h*1.2))), hex(0xeafffb), .4)
			c.Fill(taper(h*.1, h*.05, points(x+s*h*.06, y+h*.24, x+s*h*.08, y+h*.5, x+s*h*.04, y+h*.76)), skin, .75)
		}
		c.Fill(taper(h*.11, h*.05, curve(points(x+side*h*.14, y-h*.16, x+side*h*.24, y-h*.4, x+side*h*.12, y-h*.68))), skin, 1)
		c.Fill(taper(h*.11, h*.05, curve(points(x-side*h*.14, y-h*.14, x-side*h*.24, y+h*.1, x-side*h*.2, y+h*.3))), skin.mul(.9), .8)
		body := ring(curve(points(x-h*.17, y-h*.2, x-h*.12, y+h*.06, x-h*.115, y+h*.3, x, y+h*.34, x+h*.115, y+h*.3, x+h*.12, y+h*.06, x+h*.17, y-h*.2, x, y-h*.25, x-h*.17, y-h*.2)))
		c.Fill(body, across(x-h*.17, x+h*.17, skin.mul(1.1), skin, skin.mul(.8)), 1)
		c.In(body, func() { c.Fill(rect(x-h*.2, y+h*.02, h*.4, h*.4), suit, 1) })
		c.Fill(ellipse(x, y-h*.32, h*.095, h*.12), radial(x-h*.03, y-h*.36, h*.15, cap.mix(hex(0xffffff), .4), cap, cap.mul(.7)), 1)
		for range 16 {
			c.Fill(circle(x+side*h*.12+c.r(-.14, .14)*h, y-h*.68+c.r(-.12, .1)*h, c.r(1, 4)), hex(0xffffff), c.r(.3, .9))
		}
	}
	swim(300, 380, 190, hex(0xe5b43c), hex(0x22324a), 1)
	swim(700, 210, 190, hex(0xc63c36), hex(0x1d4a44), -1)
	swim(1100, 520, 190, hex(0xf3efe4), hex(0x5a2a4a), 1)
	c.Glow(150, 0, 700, hex(0xffffff), .3)
	c.Vignette(.28)
}

// cyclingRoad is a road that climbs a bare hill in bends, with small riders.
func cyclingRoad(c *Canvas) {
	c.Sky(420, hex(0x5f8fb2), hex(0xa8c3cc), hex(0xf3e0bd))
	c.Clouds(-60, 360, 340, 90, .45, hex(0xffffff), hex(0xb0bfc9), .9, 1000, -100)
	c.Fill(c.slope(func(x float64) float64 { return 300 - 90*math.Sin(x/290+1) }, 40, 240, 5), down(180, 460, hex(0x8ea3b0), hex(0xc9c9b8)), 1)
	hill := c.slope(func(x float64) float64 { return 560 - 420*math.Exp(-math.Pow((x-760)/430, 2)) }, 20, 220, 4)
	c.Fill(hill, mottle(PaintFunc(func(x, y float64) RGB {
		return ramp((x-300)/900, []RGB{hex(0xc9b765), hex(0x9aa356), hex(0x66813f), hex(0x4f6b43)}).mul(1.08 - .3*(y-140)/700)
	}), 5, 110, 60, .2), 1)
	way := []Pt{{60, 830}, {420, 716}, {1010, 664}, {1105, 616}, {960, 572}, {560, 540}, {462, 506}, {548, 472}, {880, 440}, {950, 412}, {880, 388}, {650, 364}, {604, 342}, {656, 318}, {800, 292}, {832, 274}, {790, 256}, {722, 236}, {708, 222}, {740, 204}, {764, 176}, {768, 146}}
	l := curve(way)
	for i := len(l) - 2; i >= 0; i-- {
		w := 4 + 62*math.Pow(smooth(120, 860, l[i].Y), 1.3)
		seg := []Pt{l[i], l[i+1]}
		c.Fill(stroke(w*1.3, seg).and(ellipse(l[i].X, l[i].Y+w*.14, w*.62, w*.36)), hex(0x6f6a45), .3)
	}
	for i := len(l) - 2; i >= 0; i-- {
		w := (4 + 62*math.Pow(smooth(120, 860, l[i].Y), 1.3)) * .5
		a, b := l[i], l[i+1]
		n := math.Hypot(b.X-a.X, b.Y-a.Y) + .01
		vx, vy := (b.Y-a.Y)/n*w, -(b.X-a.X)/n*w*.75
		c.Fill(poly(a.X-vx, a.Y-vy, b.X-vx, b.Y-vy, b.X+vx, b.Y+vy, a.X+vx, a.Y+vy).and(ellipse(a.X, a.Y, w*.95, w*.72)), hex(0x8d8a86).mix(hex(0xd9d0bf), smooth(600, 150, a.Y)), 1)
		if i%5 == 0 && w > 5 {
			c.Line(hex(0xf6f0e0), .8, w*.1, a.X, a.Y, (a.X+b.X)/2, (a.Y+b.Y)/2)
		}
	}
	rider := func(x, y, h, dir float64, col RGB) {
		r := h * .24
		c.Soft(ellipse(x+h*.3, y+1, h*.55, h*.06), hex(0x3c4030), .6, 2+h*.02)
		ink := hex(0x1f2428)
		for _, d := range []float64{-.36, .36} {
			c.Fill(circle(x+d*h, y-r, r).cut(circle(x+d*h, y-r, r*.84)), ink, 1)
		}
		c.Line(col.mul(.8), 1, h*.04, x-.36*h, y-r, x, y-r, x+dir*.26*h, y-h*.52, x-dir*.1*h, y-h*.5, x, y-r)
		c.Line(ink, 1, h*.04, x+dir*.36*h, y-r, x+dir*.26*h, y-h*.56)
		c.Fill(taper(h*.11, h*.06, points(x-dir*.1*h, y-h*.6, x+dir*.1*h, y-h*.42, x, y-h*.14)), ink, 1)
		c.Fill(taper(h*.17, h*.13, points(x-dir*.12*h, y-h*.62, x+dir*.12*h, y-h*.86)), col, 1)
		c.Fill(taper(h*.07, h*.05, points(x+dir*.13*h, y-h*.84, x+dir*.24*h, y-h*.68, x+dir*.3*h, y-h*.6)), col.mul(.8), 1)
		c.Fill(ellipse(x+dir*.22*h, y-h*.97, h*.1, h*.085), hex(0xf6f2e6), 1)
	}
	cols := []RGB{hex(0xd8432f), hex(0xf0c03c), hex(0x2f6f9f), hex(0xf4efe4), hex(0x2f7a58)}
	for i, p := range [][4]float64{{400, 722, 124, 1}, {560, 704, 108, 1}, {690, 698, 100, 1}, {960, 578, 62, -1}, {800, 560, 56, -1}, {740, 556, 52, -1}, {600, 464, 34, 1}, {690, 456, 32, 1}, {800, 376, 20, -1}, {690, 312, 14, 1}} {
		rider(p[0], p[1], p[2], p[3], cols[i%5])
	}
	c.Grass(700, 850, 500, 44, hex(0x55602f), hex(0xd9c872), .7)
	c.Glow(1100, 60, 620, hex(0xfff0c8), .45)
	c.Vignette(.22)
}
