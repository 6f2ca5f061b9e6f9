package io.masterdeal.console.board;

import java.util.Arrays;

/** Finds the number that would have a place if numbers were sorted. */
final class Ranking {

    private static final int FEW = 32;

    private Ranking() {}

    /**
     * The number at a place, counted from the least; the numbers between are put into another order.
     *
     * @param from the first of them
     * @param to behind the last of them
     * @param place from {@code from} to {@code to - 1}
     */
    static long at(long[] numbers, int from, int to, int place) {
        int low = from;
        int high = to - 1;
        while (high - low > FEW) {
            long pivot = median(numbers[low], numbers[(low + high) >>> 1], numbers[high]);
            int left = low;
            int right = high;
            while (left <= right) {
                while (numbers[left] < pivot) {
                    left++;
                }
                while (numbers[right] > pivot) {
                    right--;
                }
                if (left <= right) {
                    long swapped = numbers[left];
                    numbers[left++] = numbers[right];
                    numbers[right--] = swapped;
                }
            }
            if (place <= right) {
                high = right;
            } else if (place >= left) {
                low = left;
            } else {
                return pivot;
            }
        }
        Arrays.sort(numbers, low, high + 1);
        return numbers[place];
    }

    private static long median(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
