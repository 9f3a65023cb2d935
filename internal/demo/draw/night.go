package main

import "math"

// floodedStreet is a row of shops standing in still flood water at blue hour.
func floodedStreet(c *Canvas) {
	const y = 520.0
	c.Sky(y, hex(0x27405c), hex(0x54728a), hex(0xa3b2b4))
	c.Clouds(-60, 420, 420, 100, .65, hex(0x8fa4b2), hex(0x30475f), .8, 600, 600)
	x := -30.0
	walls := []RGB{hex(0x6a5a58), hex(0x8a8378), hex(0x5c6470), hex(0x7d5a4c), hex(0x747c78), hex(0x6b5a6a)}
	awn := []RGB{hex(0x2f6f62), hex(0xb14a3c), hex(0xc79a45), hex(0x3f5f86)}
	for i := 0; x < 1220; i++ {
		w, h := c.r(170, 235), c.r(250, 350)
		col := walls[i%6]
		top := y - h
		c.Fill(rect(x, top, w+1, h), down(top, y, col.mul(.8), col), 1)
		if i%2 == 0 {
			c.Fill(poly(x-6, top+2, x+w*.5, top-74, x+w+6, top+2), col.mul(.72), 1)
		} else {
			c.Fill(poly(x-8, top+4, x+12, top-60, x+w-12, top-60, x+w+8, top+4), hex(0x39414e), 1)
		}
		c.Fill(rect(x+w*.72, top-100, 30, 104), col.mul(.6), 1)
		c.Panes(x+10, top+14, w-20, h-150, 3, 2, .44, .62, .34, hex(0xffd692), hex(0x28374a))
		c.Fill(rect(x+10, y-122, w-20, 122), hex(0x2b2a30), 1)
		lit := i != 2
		glass := down(y-100, y, hex(0x35485a), hex(0x22303e))
		if lit {
			glass = down(y-100, y, hex(0xfff0c2), hex(0xf3c678), hex(0xc98a4a))
		}
		c.Fill(rect(x+20, y-92, w*.52, 92), glass, 1)
		c.Fill(rect(x+w*.68, y-106, w*.2, 106), awn[i%4].mul(.7), 1)
		c.Fill(rect(x+w*.71, y-100, w*.14, 50), glass, .9)
		for n := range 9 {
			a := x + 14 + (w-28)*float64(n)/9
			c.Fill(poly(a+4, y-128, a+4+(w-28)/9, y-128, a+(w-28)/9, y-96, a, y-96), []RGB{awn[i%4], hex(0xe9e1cc)}[n%2].mul(.85), 1)
		}
		x += w
	}
	for n, lx := range []float64{110, 420, 770, 1090} {
		c.Lamp(lx, y+14, 290-20*float64(n%2), hex(0x151c26), hex(0xffe0a0), .9)
	}
	c.Fill(rect(-5, y-2, 1210, 16), down(y-2, y+14, hex(0x3a4048), hex(0x262d36)), 1)
	// A letter box, a half-drowned car and sandbags.
	c.Fill(round(590, y-104, 54, 140, 22), across(590, 644, hex(0xe0483a), hex(0xb92f2a), hex(0x7d1f20)), 1)
	c.Fill(rect(600, y-74, 34, 6), hex(0x2a1012), 1)
	c.Fill(ring(curve(points(838, y+12, 846, y-30, 884, y-40, 914, y-78, 1000, y-80, 1040, y-42, 1072, y-34, 1076, y+12, 838, y+12))), hex(0x355a78), 1)
	c.Fill(poly(896, y-42, 922, y-70, 956, y-71, 956, y-42).and(poly(964, y-42, 964, y-71, 996, y-70, 1022, y-42)), hex(0xa9c0c8), .85)
	for i := range 14 {
		c.Fill(round(190+26*float64(i%7)+13*float64(i/7), y-8-17*float64(i/7), 28, 19, 8), hex(0xa9946c).mul(c.r(.85, 1.1)), 1)
	}
	c.Reflect(y+10, 800, 3.6, hex(0x2c4a5c), .5)
	c.Glints(y+20, 790, 60, hex(0xffe0a8), .2)
	for i := range 5 {
		c.Fill(stroke(1.6, sector(700, 690, 40+34*float64(i), 7+6*float64(i), 0, 1)), hex(0xd3e3e6), .3-.05*float64(i))
	}
	c.Fill(curvedHull(700, 694, 210).and(rect(622, 676, 156, 20)), hex(0xa8432f), 1)
	c.Fill(bust(668, 656, 40).and(bust(735, 658, 36)), hex(0x18212b), 1)
	c.Fill(round(612, 674, 176, 22, 8), hex(0xa8432f), 1)
	c.Line(hex(0x18212b), 1, 4, 735, 660, 800, 720)
	c.Rain(120, 34, -.15, hex(0xdce8ee), .2)
	c.Bloom(.72, 18, .34)
	c.Vignette(.32)
}

// busStation is a row of buses nosed into their bays at night.
func busStation(c *Canvas) {
	c.Sky(330, hex(0x0e1a30), hex(0x23395a), hex(0x4a5d78))
	for range 30 {
		x, w, h := c.r(-20, 1200), c.r(30, 90), c.r(40, 180)
		c.Fill(rect(x, 330-h, w, h+200), hex(0x1a2a44), 1)
		c.Panes(x+4, 336-h, w-8, h, int(w/12)+1, int(h/14)+1, .45, .4, .25, hex(0xffd592), hex(0x1c2c48))
	}
	c.Fill(rect(-5, 400, 1210, 410), down(400, 800, hex(0x3f4a56), hex(0x1d242e)), 1)
	c.Fill(rect(-5, 380, 1210, 130), down(380, 510, hex(0xe9d8a8), hex(0x9a8a6a)), 1)
	for i := range 25 {
		c.Fill(rect(48*float64(i), 380, 4, 130), hex(0x333c48), 1)
		if i%2 == 1 {
			c.Fill(figure(48*float64(i)+c.r(8, 36), 508, c.r(84, 96)), hex(0x3a3436), .9)
		}
	}
	// The canopy, its ribs and its strip lights.
	c.Fill(poly(-20, 130, 1220, 130, 1220, 186, -20, 186), down(130, 186, hex(0xdde3e2), hex(0x66788a)), 1)
	c.Fill(poly(-20, 186, 1220, 186, 1080, 384, 120, 384), down(186, 384, hex(0x323e4c), hex(0x8a8470)), 1)
	for i := range 25 {
		x := -300 + 75*float64(i)
		c.Line(hex(0x18212c), .6, 4, x, 186, 600+(x-600)*.62, 384)
	}
	for i := range 6 {
		x := 100 + 200*float64(i)
		c.Fill(poly(x-44, 206, x+44, 206, 600+(x-600)*.72+26, 352, 600+(x-600)*.72-26, 352), hex(0xfffbea), .95)
		c.Beam(poly(x-50, 210, x+50, 210, x+150, 760, x-150, 760), hex(0xfff0cc), .12, 26)
	}
	liv := []RGB{hex(0x1d6b55), hex(0xb23c36), hex(0x1d6b55), hex(0xd29b35)}
	for i := range 4 {
		x, w, top, foot := 34+296*float64(i), 250.0, 296.0, 690.0
		col := liv[i]
		c.Soft(ellipse(x+w/2, foot+4, w*.58, 16), hex(0x05080c), .9, 8)
		c.Fill(round(x+w-12, top+20, 46, foot-top-34, 8), col.mul(.42), 1)
		c.Fill(round(x, top, w, foot-top, 30), across(x, x+w, col.mul(1.12), col, col.mul(.78)), 1)
		c.Fill(rect(x, 560, w, 16), hex(0xf1ead6), 1)
		c.Fill(round(x+30, top+14, w-60, 44, 8), hex(0x14191c), 1)
		for k := range 9 {
			c.Fill(rect(x+44+18*float64(k), top+28, []float64{12, 8, 14}[(k+i)%3], 16), hex(0xffb43c), .95)
		}
		screen := round(x+16, top+70, w-32, 170, 18)
		c.Fill(screen, down(top+70, top+240, hex(0xfff0c6), hex(0xd3b483), hex(0x54503f)), 1)
		c.In(screen, func() {
			for k := range 5 {
				f := float64(k)
				c.Fill(round(x+52+f*6, top+140+f*4, 40-f*3, 110, 8).and(round(x+w-92-f*4, top+140+f*4, 40-f*3, 110, 8)), hex(0x5f6a55).mul(1-.1*f), .4)
			}
			if i != 2 {
				c.Fill(bust(x+w-72, top+186, 84), hex(0x1c2430), 1)
			}
			c.Screen(poly(x+20, top+70, x+90, top+70, x+30, top+240, x-30, top+240), hex(0xffffff), .16)
		})
		c.Fill(rect(x+w/2-2, top+70, 4, 170), hex(0x14191c), 1)
		c.Line(hex(0x14191c), 1, 4, x+60, top+240, x+118, top+170)
		c.Line(hex(0x14191c), 1, 4, x+w-60, top+240, x+w-118, top+170)
		for _, d := range []float64{34, w - 34} {
			c.Fill(round(x+d-22, 596, 44, 32, 12), hex(0xfffdf0), 1)
			c.Glow(x+d, 612, 90, hex(0xfff3c8), .7)
		}
		c.Fill(round(x+w/2-44, 604, 88, 22, 4), hex(0xece6d2), 1)
		c.Fill(round(x+4, 640, w-8, 34, 8), hex(0x1a1f25), 1)
		c.Fill(rect(x+24, 674, 34, 20).and(rect(x+w-58, 674, 34, 20)), hex(0x0c0f13), 1)
		for _, s := range []float64{-1, 1} {
			c.Fill(round(x+w/2+s*(w/2+8)-9, top+56, 18, 58, 7), hex(0x14191c), 1)
		}
	}
	c.In(rect(-5, 694, 1210, 120), func() { c.Reflect(694, 800, 4, hex(0x1e2833), .66) })
	for i := range 5 {
		x := 20 + 296*float64(i)
		c.Line(hex(0xe8d48a), .8, 7, x, 694, 600+(x-600)*1.12, 800)
	}
	c.Bloom(.76, 16, .3)
	c.Vignette(.35)
}

// policeTape is a taped-off lane at night under a blue light.
func policeTape(c *Canvas) {
	k := Cam{X: 640, Y: 400, F: 560, Eye: 1.8}
	c.Sky(420, hex(0x0b1428), hex(0x1b2c4c), hex(0x3c4f70))
	c.Stars(50, 240, hex(0xdfe6ff))
	c.Fill(rect(-5, 396, 1210, 410), down(396, 800, hex(0x39465c), hex(0x1a202c)), 1)
	for _, s := range []float64{-1, 1} {
		for i := 6; i >= 0; i-- {
			z0, z1 := 2.4*math.Pow(1.42, float64(i)), 2.4*math.Pow(1.42, float64(i+1))
			h := 6.5 + 2.4*hash(4, i, int(s)+2)
			q := quad{k.at(s*3.1, h, z0), k.at(s*3.1, h, z1), k.at(s*3.1, 0, z1), k.at(s*3.1, 0, z0)}
			col := hex(0x4a3a44).mul(.6+.09*float64(i)).mix(hex(0x30507a), .25)
			c.Fill(q.box(0, 0, 1, 1), col, 1)
			for j := range 34 {
				v := float64(j) / 34
				c.Fill(q.box(0, v, 1, v+.004), hex(0x0c1018), .4)
			}
			c.Windows(quad{q.at(.1, .15), q.at(.9, .15), q.at(.9, .5), q.at(.1, .5)}, 2, 1, .46, .8, .3, hex(0xffd28a), hex(0x141c2c))
			c.Fill(q.box(.55, .62, .8, 1), hex(0x1c2430), 1)
		}
	}
	c.Fill(k.front(-3.1, 0, 3.1, 5.2, 26), hex(0x3a4a68), 1)
	c.Fill(k.front(-1, 0, 1, 3, 25.8), hex(0x1a2438), 1)
	for j := range 26 {
		z0, z1 := 26*math.Pow(.907, float64(j)), 26*math.Pow(.907, float64(j+1))
		for i := range 16 {
			x0 := -3.1 + .3875*float64(i) + .19*float64(j%2)
			p := k.at(x0+.19, 0, (z0+z1)/2)
			c.Fill(ellipse(p.X, p.Y, .17*k.F/z0, math.Max(.6, .8*(k.at(0, 0, z1).Y-k.at(0, 0, z0).Y)*.5)), hex(0x56657e).mul(.55+.5*hash(1, i, j)), .8)
		}
	}
	c.Lamp(k.at(-2.7, 0, 9).X, k.at(0, 0, 9).Y, 300, hex(0x0d121c), hex(0xffdb98), .9)
	c.GlowE(k.at(-1.6, 0, 9).X, k.at(0, 0, 9).Y, 190, 44, hex(0xffcf88), .4)
	// A car across the lane with its light turning.
	x, y := 716.0, 506.0
	c.Soft(ellipse(x, y, 150, 10), hex(0x05070c), .9, 6)
	c.Fill(ring(curve(points(x-140, y-6, x-136, y-44, x-84, y-54, x-52, y-92, x+46, y-92, x+88, y-54, x+134, y-44, x+140, y-6, x-140, y-6))), down(y-92, y, hex(0xe9edf0), hex(0x8f9cac)), 1)
	c.Fill(poly(x-70, y-54, x-46, y-84, x-6, y-84, x-6, y-54).and(poly(x+2, y-54, x+2, y-84, x+42, y-84, x+72, y-54)), hex(0x1e2c40), 1)
	for i := range 13 {
		c.Fill(rect(x-134+20.6*float64(i), y-44+13*float64(i%2), 20.6, 13), hex(0x2a5fb8), 1)
		c.Fill(rect(x-134+20.6*float64(i), y-31-13*float64(i%2), 20.6, 13), hex(0xe6d94a), 1)
	}
	for _, d := range []float64{-88, 88} {
		c.Fill(circle(x+d, y-8, 23), hex(0x0c0f14), 1)
		c.Fill(circle(x+d, y-8, 11), hex(0x8a96a4), 1)
	}
	c.Fill(round(x-32, y-104, 64, 13, 6), hex(0xbfe0ff), 1)
	c.Glow(x, y-100, 520, hex(0x3f86ff), .75)
	c.Glow(x, y-98, 90, hex(0xa9d2ff), 1)
	for _, a := range []float64{-.35, .3} {
		c.Beam(poly(x, y-104, x, y-96, x+900*math.Cos(a*3), y-200+300*a, x+900*math.Cos(a*3), y-60+300*a), hex(0x4f92ff), .16, 20)
	}
	c.In(k.floor(-3.1, 2, 3.1, 20, 0), func() { c.GlowE(x, 600, 300, 130, hex(0x4f8fff), .4) })
	c.Fill(figure(508, 560, 196), hex(0x0d131e), 1)
	c.Fill(poly(486, 400, 530, 400, 532, 440, 484, 440), hex(0xd8e24a), .85)
	c.Fill(rect(485, 416, 46, 6), hex(0xf2f4f0), 1)
	// Two tapes in front, striped aslant, sagging.
	tape := func(y0, sag, w, turn float64) {
		f := func(x float64) float64 { return y0 + sag*(1-math.Pow((x-600)/640, 2)) + turn*(x-600) }
		c.Shade(stroke(w*.7, curve(points(-20, f(-20)+26, 300, f(300)+26, 600, f(600)+26, 900, f(900)+26, 1220, f(1220)+26))), hex(0x0a0e16), .5, 9)
		for i := range 44 {
			a := -60 + 30*float64(i)
			b := a + 30
			var ru Path = poly(a, f(a), b, f(b), b-16, f(b)+w, a-16, f(a)+w)
			c.Fill(ru, []RGB{hex(0xf3f1e8), hex(0x2f62c4)}[i%2].mul(.82+.25*math.Sin(a/140+1)), 1)
		}
	}
	tape(560, 34, 34, -.02)
	tape(668, 26, 46, .05)
	c.Bloom(.76, 18, .3)
	c.Vignette(.42)
}

// parkingMeters is a row of meters along a kerb in a low sun.
func parkingMeters(c *Canvas) {
	k := Cam{X: 730, Y: 330, F: 620, Eye: 1.75}
	c.Fill(rect(-5, -5, 1210, 400), down(0, 340, hex(0x8fb3bd), hex(0xe9d9b4), hex(0xf9c98c)), 1)
	c.Fill(rect(-5, 330, 1210, 480), down(330, 800, hex(0xf3cf9c), hex(0x8d8278), hex(0x55545c)), 1)
	c.Glow(730, 300, 520, hex(0xfff0c0), .9)
	for i := 8; i >= 0; i-- {
		z0, z1 := 4+6*float64(i), 10+6*float64(i)
		f := 1 - math.Exp(-z0/26)
		h := 8 + 4*hash(2, i, 5)
		q := quad{k.at(-7.5, h, z0), k.at(-7.5, h, z1), k.at(-7.5, 0, z1), k.at(-7.5, 0, z0)}
		col := []RGB{hex(0x8a6a5c), hex(0xa38b70), hex(0x6d6a72)}[i%3].mix(hex(0xf6cf98), f*.8)
		c.Fill(q.box(0, 0, 1, 1), col, 1)
		c.Windows(quad{q.at(0, 0), q.at(1, 0), q.at(1, .66), q.at(0, .66)}, 4, 3, .44, .6, .2, hex(0xffdf9f), col.mul(.55))
		c.Fill(q.box(.06, .72, .94, 1), col.mul(.5), 1)
	}
	c.Fill(k.flat(-7.5, 0, 2, .9, 0, 2, .9, 0, 120, -7.5, 0, 120), down(330, 800, hex(0xf6d8a8), hex(0xcbb594), hex(0x9a8a7c)), 1)
	for z := 60.0; z > 2.6; z *= .88 {
		c.Fill(k.floor(-7.5, z, .9, z*1.01, 0), hex(0x6a5a50), .45)
	}
	for i := range 6 {
		x := -6.2 + 1.4*float64(i)
		c.Fill(k.line(.03, x, 0, 2.6, x, 0, 100), hex(0x6a5a50), .4)
	}
	c.Fill(k.flat(.9, 0, 2, 1.2, 0, 2, 1.2, 0, 120, .9, 0, 120), hex(0xe9dcc2), 1)
	c.Fill(k.flat(1.2, 0, 2, 1.2, -.16, 2, 1.2, -.16, 120, 1.2, 0, 120), hex(0x6f675f), 1)
	// Parked cars beyond the kerb, going soft into the light.
	for i := 7; i >= 0; i-- {
		z := 8.4 + 5.6*float64(i)
		f := 1 - math.Exp(-z/24)
		col := []RGB{hex(0x2f6a78), hex(0xb8483a), hex(0xe6dcc4), hex(0x3a4658)}[i%4].mix(hex(0xf8d29c), f*.75)
		c.Soft(k.floor(1.5, z-.3, 4, z+4.4, -.15), hex(0x3a3438), .7, 6)
		c.Fill(k.side(1.5, .25, z, .95, z+4.2).and(k.front(1.5, .1, 3.3, .95, z)), col, 1)
		c.Fill(k.flat(1.5, .95, z, 3.3, .95, z, 3.05, 1.5, z+.9, 1.75, 1.5, z+.9), col.mul(.8), 1)
		c.Fill(k.flat(1.62, 1.0, z+.1, 3.18, 1.0, z+.1, 3.0, 1.42, z+.75, 1.8, 1.42, z+.75), hex(0x35414c).mix(hex(0xf8d29c), f*.6), 1)
		c.Fill(k.flat(1.5, .95, z+.1, 1.75, 1.5, z+.9, 1.75, 1.5, z+3, 1.5, .95, z+4), hex(0x2d3944).mix(hex(0xf8d29c), f*.6), 1)
		c.Fill(k.front(1.56, .62, 1.86, .82, z-.01).and(k.front(2.94, .62, 3.24, .82, z-.01)), hex(0xd8402f).mix(hex(0xf8d29c), f*.5), 1)
		c.Fill(k.front(1.55, -.14, 1.85, .2, z-.01).and(k.front(2.95, -.14, 3.25, .2, z-.01)), hex(0x1f1f24), 1)
	}
	c.Glow(730, 320, 300, hex(0xfff3cc), .8)
	for i := 9; i >= 0; i-- {
		z := 2.05 * math.Pow(1.44, float64(i))
		p := k.at(.45, 0, z)
		s := k.F / z
		f := (1 - math.Exp(-z/22)) * .75
		ink, gold := hex(0x2a3238).mix(hex(0xf8d29c), f), hex(0xf8e2b4)
		c.Shade(taper(s*.09, s*.3, points(p.X, p.Y, p.X-s*1.5, p.Y+s*.5)), hex(0x57494c), .7, 3)
		c.Fill(taper(s*.075, s*.06, points(p.X, p.Y, p.X, p.Y-s*1.1)), across(p.X-s*.04, p.X+s*.04, ink, ink, gold), 1)
		c.Fill(ellipse(p.X, p.Y, s*.1, s*.03), ink, 1)
		hy := p.Y - s*1.28
		head := round(p.X-s*.15, hy-s*.08, s*.3, s*.32, s*.05).and(ellipse(p.X, hy-s*.06, s*.15, s*.19))
		c.Fill(head, across(p.X-s*.15, p.X+s*.15, ink.mul(1.5), ink, ink, gold), 1)
		c.Fill(ring(append(sector(p.X, hy-s*.06, s*.11, s*.14, .5, 1), Pt{p.X + s*.11, hy - s*.02}, Pt{p.X - s*.11, hy - s*.02})), hex(0xe9efe2).mix(hex(0xf8d29c), f), 1)
		c.Fill(ring(append(sector(p.X, hy-s*.03, s*.08, s*.1, .5, .72), Pt{p.X, hy - s*.03})), []RGB{hex(0xc63a30), hex(0x2f8a5c)}[i%2], 1)
		c.Line(ink, 1, s*.012, p.X, hy-s*.03, p.X+s*.05*float64(i%3-1), hy-s*.15)
		c.Fill(round(p.X-s*.06, hy+s*.05, s*.12, s*.02, s*.008).and(circle(p.X, hy+s*.14, s*.028)), hex(0xbfc4bb).mix(hex(0xf8d29c), f), 1)
	}
	c.Vignette(.25)
}
