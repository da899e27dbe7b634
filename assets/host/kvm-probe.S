# The guest that kvm-probe.sh runs: a 64 KiB firmware image that does what every kernel does first, and then ends QEMU.
# From reset it enters long mode with paging, runs CPUID and writes memory in a loop (each CPUID leaves the guest and
# comes back), and writes 42 to the isa-debug-exit port: QEMU then ends with (42 << 1) | 1 = 85.
# The script carries the assembled bytes, because hosts need no assembler; a test holds the two together.
# Build: gcc -c kvm-probe.S && objcopy -O binary -j .text kvm-probe.o kvm-probe.bin
        .text
        .code16
start:  cli
        xorw    %ax, %ax
        movw    %ax, %es
        movl    $0x2003, %es:0x1000     # PML4[0] -> PDPT, PDPT[0] -> PD, PD[0]: 2 MiB page at 0
        movl    $0x3003, %es:0x2000
        movl    $0x0083, %es:0x3000
        lgdtl   %cs:gdtr - start
        movl    %cr4, %eax
        orl     $0x20, %eax             # PAE
        movl    %eax, %cr4
        movl    $0x1000, %eax
        movl    %eax, %cr3
        movl    $0xc0000080, %ecx       # EFER.LME
        rdmsr
        orl     $0x100, %eax
        wrmsr
        movl    %cr0, %eax
        orl     $0x80000001, %eax       # paging and protection at once: straight into long mode
        movl    %eax, %cr0
        ljmpl   $8, $0xf0000 + long - start

        .code64
long:   movl    $1000, %esi
again:  xorl    %eax, %eax
        cpuid
        movl    %esi, 0x8000
        decl    %esi
        jnz     again
        cmpl    $1, 0x8000              # the last value that was written
        jne     stop
        movb    $42, %al
        outb    %al, $0xf4
stop:   hlt
        jmp     stop

        .balign 8
gdt:    .quad   0
        .quad   0x00af9b000000ffff      # 64-bit code
gdtr:   .word   15
        .long   0xf0000 + gdt - start
