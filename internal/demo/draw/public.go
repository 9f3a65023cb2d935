package main

import "math"

// councilChamber is a chamber with tall arched windows and curved benches.
func councilChamber(c *Canvas) {
	c.Fill(rect(-5, -5, 1210, 810), down(0, 560, hex(0x6d4d34), hex(0x9a7148), hex(0x5b3c2a)), 1)
	c.Fill(poly(-5, -5, 1210, -5, 1000, 96, 200, 96), down(0, 96, hex(0xc9a874), hex(0x8e6a45)), 1)
	for i := range 13 {
		x := float64(i) * 100
		c.Line(hex(0x5b3d28), .6, 3, x, -5, 600+(x-600)*.667, 96)
	}
	c.Fill(rect(0, 92, 1200, 14), hex(0xd8b880), 1)
	for i := range 5 {
		x := 120 + 240*float64(i)
		if i == 2 {
			continue
		}
		c.Fill(arch(x, 452, 158, 212, 86), hex(0x4a3020), 1)
		win := arch(x, 444, 134, 208, 72)
		c.Fill(win, down(150, 450, hex(0xfff7dc), hex(0xf6e0a8), hex(0xe0bd7c)), 1)
		c.In(win, func() {
			for k := 1; k < 4; k++ {
				c.Fill(rect(x-67+33.5*float64(k)-2, 100, 4, 350), hex(0x5b3d28), 1)
			}
			for k := range 7 {
				c.Fill(rect(x-70, 190+42*float64(k), 140, 3.4), hex(0x5b3d28), 1)
			}
			c.Soft(c.crown(x-30, 440, 70, 60), hex(0xa3a070), .6, 10)
		})
		c.Beam(poly(x-60, 240, x+60, 240, x+190, 800, x-10, 800), hex(0xffe9b4), .17, 24)
	}
	// The chair under its canopy, in the middle.
	c.Fill(rect(500, 150, 200, 330), down(150, 480, hex(0x17503c), hex(0x0d3529)), 1)
	for i := range 9 {
		c.Fill(rect(504+22*float64(i), 160, 8, 310), hex(0x2a7256), .5)
	}
	c.Fill(poly(470, 164, 600, 96, 730, 164).and(rect(476, 160, 248, 20), rect(484, 176, 22, 310), rect(694, 176, 22, 310)), hex(0x3d2618), 1)
	c.Fill(poly(500, 156, 600, 106, 700, 156), hex(0x8e6a3c), 1)
	c.Fill(arch(600, 470, 72, 120, 36), hex(0x5e1f22), 1)
	c.Fill(arch(600, 460, 54, 108, 27), hex(0x8e3230), 1)
	c.Fill(rect(470, 430, 260, 70), down(430, 500, hex(0x7e5230), hex(0x3f2617)), 1)
	for i := range 5 {
		c.Fill(rect(482+50*float64(i), 444, 36, 44), hex(0x4a2d1a), .7)
	}
	c.Fill(rect(0, 452, 470, 34).and(rect(730, 452, 470, 34)), hex(0x4a2e1c), 1)
	c.Fill(rect(-5, 486, 1210, 330), down(486, 800, hex(0x7c2e2a), hex(0x3d1618)), 1)
	c.Fill(ellipse(600, 520, 210, 26), hex(0x96413a), .7)
	// Benches in growing arcs, cut in the middle by the aisle.
	for r := range 5 {
		f := float64(r)
		rx, ry, y := 330+120*f, 44+20*f, 522+38*f+5*f*f
		s := 26 + 7.5*f
		arc := func(dy float64) []Pt {
			var p []Pt
			for i := range 61 {
				a := math.Pi * (float64(i) / 60)
				p = append(p, Pt{600 - rx*math.Cos(a), y + ry*math.Sin(a) + dy})
			}
			return p
		}
		c.Shade(stroke(s, arc(s*1.2)), hex(0x2a1012), .7, 8)
		for i := range 15 + 2*r {
			a := math.Pi * (float64(i) + .5) / float64(15+2*r)
			if math.Abs(a-math.Pi/2) < .11 {
				continue
			}
			x, sy := 600-rx*math.Cos(a), y+ry*math.Sin(a)
			c.Fill(round(x-s*.62, sy-s*1.35, s*1.24, s*1.5, s*.3), down(sy-s*1.35, sy, hex(0x2f7a5c), hex(0x14453a)), 1)
			c.Fill(round(x-s*.62, sy-s*1.35, s*1.24, s*.2, s*.1), hex(0x6fb08c), .7)
			if hash(9, i, r) < .34 {
				c.Fill(bust(x, sy-s*.95, s*1.1), []RGB{hex(0x241a1c), hex(0x2d2a38), hex(0x3a2622)}[(i+r)%3], 1)
			}
		}
		half := func(s0, s1 int) {
			top, low := arc(0), arc(s*.85)
			var p []Pt
			p = append(p, top[s0:s1]...)
			for i := s1 - 1; i >= s0; i-- {
				p = append(p, low[i])
			}
			c.Fill(ringOf(p), down(y, y+ry+s, hex(0x8f6238), hex(0x5b3a22)), 1)
			c.Fill(stroke(s*.16, top[s0:s1]), hex(0xd9a868), 1)
		}
		half(0, 28)
		half(33, 61)
	}
	c.Bloom(.7, 24, .32)
	c.Vignette(.4)
}

// courthouse is columns and steps in hard morning sun.
func courthouse(c *Canvas) {
	c.Sky(700, hex(0x3f7fae), hex(0x7fb2cd), hex(0xcfe0df))
	c.Clouds(-60, 420, 380, 110, .4, hex(0xffffff), hex(0xb5cbd6), .9, 100, -200)
	st := []RGB{hex(0xf7ead0), hex(0xe4d2b0), hex(0xc2ad8c)}
	cool := hex(0x6f7c8e)
	const y0, y1 = 268.0, 596.0
	c.Fill(rect(130, y0, 940, y1-y0), down(y0, y1, hex(0x5a6678), hex(0x8a8f96)), 1)
	for i := range 3 {
		x := 426 + 174*float64(i)
		h := 200.0
		if i == 1 {
			h = 250
		}
		c.Fill(arch(x, y1, 90, h-45, 45), hex(0x2c3646), 1)
		c.Fill(arch(x, y1, 74, h-52, 37), down(340, y1, hex(0x3f3a3c), hex(0x8a6238)), 1)
		c.Line(hex(0x2c3646), 1, 4, x, y1-h, x, y1)
	}
	c.Glow(600, 560, 190, hex(0xffc878), .5)
	for i := range 6 {
		x := 165 + 174*float64(i)
		c.Fill(poly(x-40, y1, x-33, y0+20, x+33, y0+20, x+40, y1), across(x-40, x+40, st[0], st[0], st[1], st[2], cool), 1)
		for k := range 7 {
			u := -30 + 10*float64(k)
			c.Fill(poly(x+u*1.1-1.5, y1-20, x+u*.94-1, y0+30, x+u*.94+2, y0+30, x+u*1.1+2.5, y1-20), hex(0x8a8072), .3)
		}
		c.Fill(rect(x-48, y1-18, 96, 18).and(rect(x-44, y1-28, 88, 10)), across(x-48, x+48, st[0], st[2]), 1)
		c.Fill(rect(x-46, y0, 92, 12).and(ring(append(sector(x, y0+12, 42, 20, 0, .5), Pt{x - 42, y0 + 12}))), across(x-46, x+46, st[0], st[2]), 1)
		c.Shade(poly(x+40, y1, x+34, y0+20, x+66, y0+20, x+78, y1), hex(0x7d8696), .6, 6)
	}
	c.Fill(rect(96, 206, 1008, 62), down(206, 268, st[0], st[1], st[2]), 1)
	c.Fill(rect(96, 222, 1008, 5).and(rect(96, 262, 1008, 8)), hex(0x9d8d72), .8)
	for i := range 62 {
		c.Fill(rect(100+16.2*float64(i), 208, 9, 12), hex(0xa39276), .8)
	}
	c.Fill(poly(70, 206, 600, 44, 1130, 206), st[1], 1)
	c.Fill(poly(170, 194, 600, 66, 1030, 194), down(66, 194, hex(0x8d9098), hex(0xb9ac96)), 1)
	c.Fill(stroke(18, points(70, 200, 600, 38)), st[0], 1)
	c.Fill(stroke(18, points(600, 38, 1130, 200)), st[2].mul(.95), 1)
	// Scales of justice in the gable, plain shapes.
	c.Line(st[0], 1, 7, 600, 92, 600, 184)
	c.Line(st[0], 1, 6, 528, 116, 672, 104)
	for _, s := range [][2]float64{{528, 116}, {672, 104}} {
		c.Line(st[0], 1, 2, s[0], s[1], s[0]-22, s[1]+48, s[0]+22, s[1]+48, s[0], s[1])
		c.Fill(ring(sector(s[0], s[1]+48, 27, 17, 0, .5)), st[0], 1)
	}
	for i := range 9 {
		f := float64(i)
		y, h := y1+f*20+f*f*.7, 22+f*1.4
		w := 500 + 34*f
		c.Fill(rect(600-w, y, 2*w, h+2), down(y, y+h, hex(0xfbf1db), hex(0xddcba9), hex(0xa5977f)), 1)
		c.Fill(rect(600-w, y+h-4, 2*w, 4), hex(0x7f786c), .6)
	}
	c.Shade(poly(-20, 830, -20, 470, 90, 560, 560, 830), hex(0x66748c), .75, 10)
	for _, x := range []float64{44, 1156} {
		c.Fill(rect(x-64, 640, 128, 180), across(x-64, x+64, st[0], st[1], cool), 1)
		c.Fill(rect(x-72, 628, 144, 18), st[0], 1)
	}
	c.Soft(taper(26, 10, points(742, 704, 860, 742)), hex(0x5c5a5c), .7, 5)
	c.Fill(figure(742, 706, 92), hex(0x27303c), 1)
	c.Soft(taper(20, 8, points(470, 664, 566, 690)), hex(0x5c5a5c), .6, 5)
	c.Fill(figure(470, 664, 80).and(figure(504, 662, 78)), hex(0x3c3036), 1)
	c.Vignette(.2)
}

// hospital is a long front at blue hour with a bright entrance.
func hospital(c *Canvas) {
	const y = 622.0
	c.Sky(y, hex(0x24416a), hex(0x4f7394), hex(0x9fb4b8), hex(0xe3cfae))
	c.Clouds(-60, 480, 420, 70, .4, hex(0x9db2bf), hex(0x35557a), .7, 1100, 600)
	c.Fill(c.ridge(560, 30, 240, 3), hex(0x5c7484), 1)
	lit, dark := Paint(hex(0xfff0c4)), Paint(hex(0x2d4a66))
	block := func(x, top, w float64, cols, rows int, col RGB, p float64) {
		q := quad{{x, top}, {x + w, top}, {x + w, y}, {x, y}}
		c.Fill(q.box(0, 0, 1, 1), down(top, y, col, col.mul(.8)), 1)
		for j := range rows {
			v := (float64(j) + .5) / float64(rows)
			c.Fill(q.box(0, v+.34/float64(rows), 1, v+.4/float64(rows)), col.mul(1.25), .8)
		}
		c.Windows(q, cols, rows, .66, .5, p, lit, dark)
		c.Fill(rect(x-5, top-10, w+10, 12), col.mul(1.2), 1)
	}
	block(640, 150, 230, 8, 12, hex(0x6b8298), .5)
	c.Fill(rect(700, 104, 90, 46).and(rect(820, 60, 4, 92)), hex(0x4a6078), 1)
	c.Fill(circle(822, 60, 4), hex(0xff5a48), 1)
	c.Glow(822, 60, 50, hex(0xff5a48), .9)
	block(-20, 330, 420, 13, 6, hex(0x8496a2), .5)
	block(860, 382, 380, 11, 5, hex(0x7b8c9a), .45)
	block(390, 280, 260, 8, 4, hex(0xa7b2b4), .0)
	// Glazed hall with people inside.
	hall := quad{{330, 440}, {760, 440}, {760, y}, {330, y}}
	c.Fill(hall.box(0, 0, 1, 1), down(440, y, hex(0xfff4d2), hex(0xffe2a4), hex(0xe9bd7c)), 1)
	c.In(hall.box(0, 0, 1, 1), func() {
		c.Fill(rect(330, 500, 430, 6), hex(0xcf9f60), .6)
		c.Fill(rect(470, 576, 130, 50), hex(0x8a6a48), .7)
		for i := range 7 {
			c.Fill(figure(352+62*float64(i)+c.r(-14, 14), y, c.r(68, 78)), hex(0x7a5c44).mul(c.r(.6, 1)), .85)
			c.Fill(ellipse(360+62*float64(i), 462, 16, 4), hex(0xffffff), 1)
		}
	})
	for i := range 9 {
		c.Fill(rect(328+53.9*float64(i), 440, 4, y-440), hex(0x35485a), 1)
	}
	c.Fill(poly(280, 424, 830, 424, 850, 446, 260, 446), down(424, 446, hex(0xe8eef0), hex(0x5a7086)), 1)
	for _, x := range []float64{286, 824} {
		c.Fill(rect(x-6, 446, 12, y-446), across(x-6, x+6, hex(0xe0e6e6), hex(0x5a6c7e)), 1)
	}
	c.Fill(rect(436, 300, 130, 84), hex(0x2c7a68), 1)
	c.Fill(rect(488, 312, 26, 60).and(rect(471, 329, 60, 26)), hex(0xf8fbf4), 1)
	c.Glow(500, 342, 120, hex(0x9fe8cf), .35)
	c.Fill(rect(-5, y, 1210, 190), down(y, 800, hex(0x5b6670), hex(0x252f3a)), 1)
	// An ambulance waits before the door.
	c.Soft(ellipse(990, 706, 190, 14), hex(0x0e141b), .8, 8)
	c.Fill(round(850, 560, 210, 132, 12), down(560, 692, hex(0xf6f3e4), hex(0xb9c0c0)), 1)
	c.Fill(ring(curve(points(1056, 692, 1056, 590, 1104, 594, 1138, 634, 1160, 646, 1164, 692, 1056, 692))), down(590, 692, hex(0xf2f0e2), hex(0xb2babc)), 1)
	c.Fill(poly(1066, 602, 1102, 604, 1128, 638, 1066, 638), hex(0x35506a), 1)
	for i := range 12 {
		c.Fill(rect(852+25.6*float64(i), 646, 13, 16).and(rect(864.8+25.6*float64(i), 662, 13, 14)), hex(0x2c8a5e), 1)
		c.Fill(rect(864.8+25.6*float64(i), 646, 13, 16).and(rect(852+25.6*float64(i), 662, 13, 14)), hex(0xf0cf4a), 1)
	}
	c.Fill(round(872, 586, 60, 38, 5), hex(0x35506a), 1)
	for _, x := range []float64{906, 1106} {
		c.Fill(circle(x, 694, 25), hex(0x14191f), 1)
		c.Fill(circle(x, 694, 12), hex(0x9aa4a8), 1)
	}
	c.Fill(round(1030, 548, 44, 14, 6), hex(0x6fb4ff), 1)
	c.Glow(1052, 550, 170, hex(0x4f9cff), .85)
	c.Reflect(712, 800, 3.4, hex(0x2c3844), .72)
	c.GlowE(545, 650, 400, 64, hex(0xffd994), .5)
	c.Fill(figure(240, 700, 96).and(figure(276, 698, 90)), hex(0x1f2a36), 1)
	for _, x := range []float64{60, 170} {
		c.Tree(x, 650, 170, hex(0x2d4a50), hex(0x5d7c6c), 1)
	}
	c.Bloom(.76, 18, .3)
	c.Vignette(.3)
}
